import { expect, test } from 'vitest'
import type { SubmittedBatch } from '../core/jobs.ts'
import { groupedSubmissions, type Submission, type WriteGroup } from './grouped-submissions.ts'
import { sampleWork } from './samples.case.ts'

const batchOf = ({ batchId: id }: Submission): SubmittedBatch => ({
  batch: {
    id,
    tenant: 'local',
    callback: null,
    request: null,
    priority: 0,
    ...{ name: null, reference: null, metadata: null },
    createdAt: '2026-01-01T00:00:00.000Z',
  },
  jobs: [],
})
const written = (one: Submission): PromiseSettledResult<SubmittedBatch> => ({
  status: 'fulfilled',
  value: batchOf(one),
})
const refused = (reason: Error): PromiseSettledResult<SubmittedBatch> => ({ status: 'rejected', reason })

function submitting(write: WriteGroup) {
  const groups: string[][] = []
  const submitAll = groupedSubmissions((group) => {
    groups.push(group.map(({ batchId }) => batchId))
    return write(group)
  })
  const submit = (id: string, files = 1) =>
    submitAll(id, {}, Array(files).fill({ file: 'a', work: sampleWork('k') }))
  return { groups, submit }
}

test('those who submit at the same time are written together, and each is told of its own', async () => {
  const { groups, submit } = submitting(async (group) => group.map(written))
  const ids = Array.from({ length: 20 }, (_, i) => String(i))
  const told = await Promise.all(ids.map((id) => submit(id)))
  expect(told.map(({ batch }) => batch.id)).toEqual(ids)
  expect(groups).toEqual([ids])
  await submit('later')
  expect(groups[1]).toEqual(['later'])
})

test('those who come while others are written are written next', async () => {
  const { groups, submit } = submitting(async (group) => {
    if (groups.length === 1) late = Promise.all([submit('b'), submit('c')])
    return group.map(written)
  })
  let late: Promise<unknown> | undefined
  await submit('a')
  await late
  expect(groups).toEqual([['a'], ['b', 'c']])
})

test('an error is told to whose it is', async () => {
  const { submit } = submitting(async (group) =>
    group.map((one) => (one.batchId === 'bad' ? refused(new Error('bad')) : written(one))),
  )
  const told = await Promise.allSettled([submit('good'), submit('bad'), submit('fine')])
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('all hear of it when nothing could be written, and the next are written all the same', async () => {
  const { groups, submit } = submitting(async (group) => {
    if (groups.length === 1) throw new Error('away')
    return group.map(written)
  })
  const told = await Promise.allSettled([submit('a'), submit('b')])
  expect(told).toEqual([refused(new Error('away')), refused(new Error('away'))])
  expect(await submit('c')).toMatchObject({ batch: { id: 'c' } })
})

test('a batch of many files is not joined by more than there is room for', async () => {
  const { groups, submit } = submitting(async (group) => group.map(written))
  await Promise.all([submit('a', 60), submit('b', 60), submit('c', 500), submit('d')])
  expect(groups).toEqual([['a', 'b'], ['c'], ['d']])
})
