import { expect, it } from 'vitest'
import { jobStatusSchema } from '../../core/jobs.ts'
import { timeLeft } from './time-left.ts'

const none = Object.fromEntries(jobStatusSchema.options.map((status) => [status, 0])) as Record<
  (typeof jobStatusSchema.options)[number],
  number
>
const at = Date.parse('2026-03-01T10:00:00Z')
const batch = (accepted: number, queued: number) => ({
  counts: { ...none, accepted, queued },
  total: accepted + queued,
  createdAt: '2026-03-01T10:00:00Z',
})

it.each<[number, number, number, string | null]>([
  [1, 9, 60, null],
  [10, 0, 60, null],
  [6, 1, 60, 'less than a minute left'],
  [10, 10, 60, 'about 1 minute left'],
  [10, 100, 60, 'about 10 minutes left'],
  [10, 2000, 60, 'about 3 hours left'],
])('after %i, with %i to come and %i seconds gone', (ended, open, seconds, says) => {
  expect(timeLeft(batch(ended, open), at + seconds * 1000)).toBe(says)
})
