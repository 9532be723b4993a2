import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import { createQueue } from '../../queue/bullmq.ts'
import { openRedis } from '../../queue/open-redis.ts'
import { sampleResult } from '../../stores/samples.case.ts'
import { deleteBatch, deleteJob, finishDeletions } from './delete.ts'
import { testRecords } from './records.case.ts'
import { daysAgo, deleteByAge, startRetention } from './retention.ts'
import { submitFiles } from '../submitting/submit-files.ts'
import { submit, type Submitter } from '../submitting/submit.ts'

let home: string
let store: JobStore
let blobs: BlobStore
let to: Submitter
const opened = testRecords()
beforeEach(() => {
  ;({ home, store, blobs } = opened)
  const engines = { ocr: 'tesseract', vlm: 'onnx', pipeline: 'parallax@1+tesseract@5+rules@1' }
  to = { store, blobs, wake: () => {}, ...engines }
})

const records = () => ({ store, blobs })
const document = {
  tenant: 'local',
  batchId: 'b',
  position: 0,
  file: 'a.jpg',
  type: { name: 'receipt', file: null, hash: 'h' },
  route: 'auto',
  templates: null,
  force: '',
} as const
const bytesOf = (text: string) => new TextEncoder().encode(text)

async function read(
  text: string,
  changes: Partial<typeof document> & { position?: number } = {},
): Promise<Job> {
  const job = await submit(to, { ...document, ...(changes as object), bytes: bytesOf(text) })
  const lease = await store.lease(job.key)
  const result = sampleResult({ data: { merchant: text }, verdict: 'needs_review' })
  if (lease) await store.finish(job.key, lease.token, 'needs_review', result)
  return job
}

async function filesWith(text: string): Promise<string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true })
  const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
  const found = await Promise.all(files.map(async (file) => (await readFile(file)).includes(text)))
  return files.filter((_, i) => found[i])
}

test('nothing of a deleted document is left in the data folder', async () => {
  const canary = 'CANARY-5f1c9e'
  const { address, close } = await openRedis({ home })
  const queue = createQueue(address)
  try {
    const job = await read(canary, { file: `${canary}.jpg` as 'a.jpg' })
    await queue.enqueue('extract', { key: job.key })
    const at = new Date().toISOString()
    const field = '/merchant' as const
    await store.correct([{ jobId: job.id, field, before: null, after: `${canary} Ltd`, by: 'ann', at }])
    await store.closeReview(job.id, { status: 'reviewed', by: 'ann' })
    await read('another', { position: 1 as 0 })
    expect((await filesWith(canary)).length).toBeGreaterThan(1)
    expect(await deleteJob(records(), job.id)).toBe(true)
    await store.compact()
    expect(await filesWith(canary)).toEqual([])
    expect(await filesWith('another')).not.toEqual([])
    expect(await store.get(job.id)).toBeNull()
  } finally {
    await queue.close()
    await close()
  }
})

test('bytes stay for as long as another document needs them', async () => {
  const first = await read('same')
  const twin = await read('same', { position: 1 as 0 })
  const { blob } = (await store.work(first.key))!
  await deleteJob(records(), first.id)
  expect(await blobs.get(blob)).not.toBeNull()
  expect(await store.result(twin.key)).not.toBeNull()
  await deleteJob(records(), twin.id)
  expect(await blobs.get(blob)).toBeNull()
  expect(await deleteJob(records(), twin.id)).toBe(false)
})

test.each(['auto', 'both'] as const)(
  'what is submitted again while it is being deleted keeps its bytes (then to be read as %s)',
  async (route) => {
    const first = await read('raced')
    const { blob } = (await store.work(first.key))!
    let again: Job | undefined
    // The deletion has left the ledger, and the new submission has found the bytes still there.
    const racing: JobStore = {
      ...store,
      async removeBlob(sha256, remove) {
        await store.openBatch('b')
        again ??= await submit(to, { ...document, position: 1, route, bytes: bytesOf('raced') })
        return store.removeBlob(sha256, remove)
      },
    }
    await deleteJob({ store: racing, blobs }, first.id)
    expect(await store.work(again!.key)).toMatchObject({ blob })
    expect(await blobs.get(blob)).not.toBeNull()
    expect(await store.removals(10)).toEqual([])
  },
)

test('nobody begins to need bytes while they are being removed', async () => {
  const first = await read('raced')
  const { blob } = (await store.work(first.key))!
  let again: Promise<Job> | undefined
  const racing: BlobStore = {
    ...blobs,
    async delete(sha256) {
      // It has found the bytes there, and waits for the ledger.
      again = submit(to, { ...document, batchId: 'b2', bytes: bytesOf('raced') })
      await new Promise((resolve) => setTimeout(resolve, 50))
      await blobs.delete(sha256)
    },
  }
  await store.openBatch('b2')
  await deleteJob({ store, blobs: racing }, first.id)
  await again
  expect(await blobs.get(blob)).not.toBeNull()
})

test('a submission that a deletion overtook puts its bytes back', async () => {
  const overtaken: JobStore = {
    ...store,
    async submit(...given) {
      const job = await store.submit(...given)
      await blobs.delete(given[3].blob)
      return job
    },
  }
  const job = await submit({ ...to, store: overtaken }, { ...document, bytes: bytesOf('overtaken') })
  expect(await blobs.get((await store.work(job.key))!.blob)).not.toBeNull()
})

test('an order that a deletion overtook puts its bytes and templates back', async () => {
  const overtaken: JobStore = {
    ...store,
    async submitAll(...given) {
      const submitted = await store.submitAll(...given)
      for (const { work } of given[2])
        for (const blob of [work.blob, work.templates!]) await blobs.delete(blob)
      return submitted
    },
  }
  const files = ['one', 'two'].map((text) => ({
    name: `${text}.jpg`,
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: async () => bytesOf(text),
  }))
  const order = {
    tenant: 'a',
    type: 'receipt',
    route: 'auto',
    callback: null,
    idempotencyKey: null,
    priority: 0,
    files,
  } as const
  const template = { vendor: 'acme' } as never
  const description = {
    type: document.type,
    jsonSchema: {},
    pipeline: 'p',
    templates: [template],
    otherTypes: [],
  }
  const { jobs } = await submitFiles({ ...to, store: overtaken }, order, description)
  for (const [i, { key }] of jobs.entries()) {
    const { blob, templates } = (await store.work(key))!
    expect(blob).toBe(files[i]!.sha256)
    for (const kept of [blob, templates!]) expect(await blobs.get(kept)).not.toBeNull()
  }
})

test('a batch is deleted, also what of it is being read', async () => {
  await read('one')
  const running = await submit(to, { ...document, position: 1, bytes: bytesOf('two') })
  const lease = await store.lease(running.key)
  const { blob } = (await store.work(running.key))!
  expect(await deleteBatch(records(), 'b')).toBe(2)
  expect(await store.batch('b')).toBeNull()
  expect(await blobs.has(blob)).toBe(false)
  expect(await store.renew(running.key, lease!.token)).toBe(false)
  expect(await store.finish(running.key, lease!.token, 'accepted', sampleResult())).toBe(false)
  expect(await store.recordCrash(running.key)).toBe(0)
  expect(await store.release(running.key, lease!.token)).toBe(false)
})

test('what a deletion that was cut short has left is removed later', async () => {
  const job = await read('left')
  const kept = await read('kept', { position: 1 as 0 })
  const { blob } = (await store.work(job.key))!
  await store.delete(job.id)
  expect(await store.removals(10)).toEqual([blob])
  expect(await store.isCompactionOwed()).toBe(true)
  await finishDeletions(records())
  expect(await blobs.has(blob)).toBe(false)
  expect(await blobs.has((await store.work(kept.key))!.blob)).toBe(true)
  expect(await store.removals(10)).toEqual([])
  expect(await store.isCompactionOwed()).toBe(false)
})

test('what is needed again by then stays', async () => {
  const job = await read('again')
  const { blob } = (await store.work(job.key))!
  await store.delete(job.id)
  await store.openBatch('b')
  await read('again')
  await finishDeletions(records())
  expect(await blobs.has(blob)).toBe(true)
  expect(await store.removals(10)).toEqual([])
})

test('by age goes what has ended, and nothing that waits', async () => {
  const ended = await read('ended')
  await store.closeReview(ended.id, { status: 'rejected', by: 'ann' })
  const waiting = await read('waiting', { position: 1 as 0 })
  expect(await deleteByAge(records(), daysAgo(1))).toBe(0)
  expect(await deleteByAge(records(), daysAgo(-1))).toBe(1)
  expect(await store.get(ended.id)).toBeNull()
  expect(await store.get(waiting.id)).not.toBeNull()
})

test('what is too old goes by itself; a failure is told and does not end it', async () => {
  const job = await read('old')
  await store.closeReview(job.id, { status: 'reviewed', by: 'ann' })
  const troubles: unknown[] = []
  let isAway = true
  const flaky: JobStore = {
    ...store,
    endedBefore: (before, limit) => {
      if (!isAway) return store.endedBefore(before, limit)
      isAway = false
      return Promise.reject(new Error('away'))
    },
  }
  const settings = { keepDays: -1, everyMs: 5, onError: (error: unknown) => troubles.push(error) }
  const retention = startRetention({ store: flaky, blobs }, settings)
  while ((await store.get(job.id)) !== null) await new Promise((resolve) => setTimeout(resolve, 5))
  await retention[Symbol.asyncDispose]()
  expect(troubles).toEqual([new Error('away')])
})
