import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobStore } from '../../core/job-store.ts'
import type { JobStatus } from '../../core/jobs.ts'
import { extractionResultSchema } from '../../core/extraction-result.ts'
import { sampleResult, sampleWork } from '../../stores/samples.case.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { closeReview, correct, openReview, type Corrected } from './review.ts'
import { resultOf } from '../results/result-of-job.ts'

let folder: string
let store: JobStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'review-'))
  store = await openSqliteLedger(join(folder, 'ledger.sqlite'))
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const flag = { code: 'MISSING', field: '/date', message: 'No date was found.' } as const
const data = { total: 9, date: null, items: [{ name: 'Tea', amount: 9 }] }
const result = sampleResult({ data, flags: [flag], verdict: 'needs_review', reason: 'modular flagged' })

/** The id of a job that ended like this. */
async function ended(status: JobStatus, outcome = result): Promise<string> {
  await store.openBatch('b')
  const job = await store.submit('b', 0, 'scans/a.jpg', sampleWork('k'))
  const lease = await store.lease('k')
  await store.finish('k', lease!.token, status, outcome)
  return job.id
}

const fine = () => Promise.resolve({ problem: null, flags: [], left: [] })
const wrong = (problem: string) => () => Promise.resolve({ problem, flags: [], left: [] })
const resultNow = async (id: string) =>
  extractionResultSchema.parse(await resultOf(store, (await store.get(id))!))

test('opens a job that waits for a person, with its result', async () => {
  const { job, row } = await openReview(store, await ended('needs_review'))
  expect(job).toMatchObject({ status: 'needs_review', file: 'scans/a.jpg' })
  expect(row).toEqual({ file: 'scans/a.jpg', ...result })
})

test('opens no other job', async () => {
  await expect(openReview(store, 'none')).rejects.toMatchObject({ code: 'E_NOT_FOUND' })
  const id = await ended('accepted')
  await expect(openReview(store, id)).rejects.toMatchObject({ code: 'E_CONFLICT' })
})

test('a queued job has no result yet', async () => {
  await store.openBatch('b')
  const job = await store.submit('b', 0, 'a.jpg', sampleWork('k'))
  expect(await resultOf(store, job)).toBeNull()
})

test('corrections count from the end of the review', async () => {
  const id = await ended('needs_review')
  const made = await correct(store, id, [{ field: '/total', value: 9.5 }], 'ann', fine)
  expect(made).toMatchObject([{ jobId: id, field: '/total', before: 9, after: 9.5, by: 'ann' }])
  await correct(store, id, [{ field: '/date', value: '2018-03-02' }], 'ann', fine)
  const again = await correct(store, id, [{ field: '/total', value: 9.6 }], 'bob', fine)
  expect(again).toMatchObject([{ before: 9.5, after: 9.6 }])
  expect(await resultNow(id)).toMatchObject({ verdict: 'needs_review', data, flags: [flag] })

  await closeReview(store, id, { status: 'reviewed', by: 'bob' })
  const row = await resultNow(id)
  expect(row).toMatchObject({ verdict: 'accepted', reason: 'reviewed by bob', flags: [] })
  expect(row.data).toEqual({ ...data, total: 9.6, date: '2018-03-02' })
  expect(row.fields['/total']).toEqual({ ...result.fields['/total'], value: 9.6, text: '9.6', confidence: 1 })
  expect(row.fields['/date']).toMatchObject({ value: '2018-03-02', confidence: 1, source: null })
})

test('a value can be taken away', async () => {
  const id = await ended('needs_review')
  await correct(store, id, [{ field: '/total', value: null }], 'ann', fine)
  await closeReview(store, id, { status: 'reviewed', by: 'ann' })
  const row = await resultNow(id)
  expect(row.data).toMatchObject({ total: null })
  expect(row.fields['/total']).toMatchObject({ value: null, text: null, confidence: 1 })
})

test('shows the type the data as it would be, earlier corrections included', async () => {
  const id = await ended('needs_review')
  const seen: unknown[] = []
  const look = (corrected: Corrected) => {
    seen.push(corrected)
    return fine()
  }
  await correct(store, id, [{ field: '/items/1/name', value: 'Mug' }], 'ann', look)
  await correct(store, id, [{ field: '/items/1/amount', value: 3 }], 'ann', look)
  const items = [...data.items, { name: 'Mug', amount: 3 }]
  expect(seen.slice(1)).toEqual([{ data: { ...data, items }, fields: ['/items/1/amount'], missing: [] }])
})

test('is for the document as it was seen, also where it is corrected while it is checked', async () => {
  const id = await ended('needs_review')
  const total = (value: number) => [{ field: '/total', value }] as const
  const meanwhile = async () => {
    await correct(store, id, total(8), 'bob', fine)
    return fine()
  }
  await expect(correct(store, id, total(7), 'ann', meanwhile)).rejects.toMatchObject({ code: 'E_CONFLICT' })
  expect(await store.corrections(id)).toMatchObject([{ after: 8, by: 'bob' }])
  const stale = correct(store, id, total(7), 'ann', fine, { revision: 0 })
  await expect(stale).rejects.toMatchObject({ code: 'E_CONFLICT' })
  await correct(store, id, total(7), 'ann', fine, { revision: 1 })
  const ending = closeReview(store, id, { status: 'reviewed', by: 'ann' }, { revision: 1 })
  await expect(ending).rejects.toMatchObject({ code: 'E_CONFLICT' })
  await closeReview(store, id, { status: 'reviewed', by: 'ann' }, { revision: 2 })
})

test('what was corrected of a rejected document does not count when it is read anew', async () => {
  const id = await ended('needs_review')
  await correct(store, id, [{ field: '/total', value: 1 }], 'ann', fine)
  await closeReview(store, id, { status: 'rejected', by: 'ann' })
  await store.retry(id)
  expect(await ended('needs_review')).toBe(id)
  await closeReview(store, id, { status: 'reviewed', by: 'bob' })
  expect((await resultNow(id)).data).toEqual(data)
})

test.each([
  ['what the type refuses', '/total', 'E_BAD_REQUEST', wrong('A total is a number.')],
  ['a hole in a list', '/items/7/name', 'E_BAD_REQUEST', fine],
  ['a million items at once', '/items/1000000/name', 'E_BAD_REQUEST', fine],
  ['a key that no object may have', '/__proto__/total', 'E_UNSAFE_KEY', fine],
] as const)('records nothing of %s', async (_, field, code, validate) => {
  const id = await ended('needs_review')
  const changes = [{ field: '/date', value: '2018-03-02' }, { field, value: 'x' }] as const
  await expect(correct(store, id, changes, 'ann', validate)).rejects.toMatchObject({ code })
  expect(await store.corrections(id)).toEqual([])
}) // prettier-ignore

test('who ends a review stands in the result, also where another has corrected', async () => {
  const id = await ended('needs_review')
  await correct(store, id, [{ field: '/total', value: 9.5 }], 'ann', fine)
  await closeReview(store, id, { status: 'reviewed', by: 'bob' })
  expect(await resultNow(id)).toMatchObject({ reason: 'reviewed by bob', data: { ...data, total: 9.5 } })
})

test('a rejected document is not accepted, and its result says by whom', async () => {
  const id = await ended('needs_review')
  await closeReview(store, id, { status: 'rejected', by: 'bob' })
  expect(await resultNow(id)).toEqual({ file: 'scans/a.jpg', ...result, reason: 'rejected by bob' })
})

test('what the type requires must be filled in before a review can accept', async () => {
  const required = { code: 'REQUIRED_MISSING', field: '/date', message: 'The type requires /date.' } as const
  const id = await ended('needs_review', { ...result, flags: [required] })
  await expect(closeReview(store, id, { status: 'reviewed', by: 'ann' })).rejects.toMatchObject({
    code: 'E_CONFLICT',
  })
  await correct(store, id, [{ field: '/date', value: '2018-03-02' }], 'ann', ({ missing }) => {
    expect(missing).toEqual(['/date'])
    return fine()
  })
  await closeReview(store, id, { status: 'reviewed', by: 'ann' })
  expect(await resultNow(id)).toMatchObject({ verdict: 'accepted', data: { date: '2018-03-02' } })
})

test('a review ends once', async () => {
  const id = await ended('needs_review')
  await closeReview(store, id, { status: 'rejected', by: 'ann' })
  expect((await store.get(id))!.status).toBe('rejected')
  await expect(closeReview(store, id, { status: 'reviewed', by: 'bob' })).rejects.toMatchObject({
    code: 'E_CONFLICT',
  })
  await expect(correct(store, id, [], 'bob', fine)).rejects.toMatchObject({ code: 'E_CONFLICT' })
})
