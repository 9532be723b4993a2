import { expect, it } from 'vitest'
import { jobStatusSchema, type JobStatus } from '../../core/jobs.ts'
import { partsOf, shownParts } from './progress.ts'

const counts = (given: Partial<Record<JobStatus, number>>) => ({
  counts: Object.fromEntries(jobStatusSchema.options.map((status) => [status, given[status] ?? 0])) as Record<
    JobStatus,
    number
  >,
})

it('counts every status once', () => {
  const one = counts(Object.fromEntries(jobStatusSchema.options.map((status) => [status, 1])))
  const sum = Object.values(partsOf(one)).reduce((a, b) => a + b, 0)
  expect(sum).toBe(jobStatusSchema.options.length)
})

it('shows the parts that there are', () => {
  expect(shownParts(counts({ reviewed: 2, accepted: 1, quarantined: 1, running: 3 }))).toEqual([
    ['accepted', 3],
    ['failed', 1],
    ['open', 3],
  ])
})
