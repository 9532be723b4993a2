import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobStore } from '../../core/jobs.ts'
import { sampleResult } from '../../stores/samples.case.ts'
import { fileBlobs } from '../../stores/file-blobs.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { submitBatch } from './batch.ts'
import { retryJob } from './retry.ts'
import { submit, type Submitter } from './submit.ts'

let folder: string
let store: JobStore
let woken: number
let to: Submitter
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'submit-'))
  store = await openSqliteLedger(join(folder, 'ledger.sqlite'))
  woken = 0
  to = {
    store,
    blobs: fileBlobs(join(folder, 'blobs')),
    wake: () => void woken++,
    ocr: 'tesseract',
    vlm: 'onnx',
    pipeline: 'parallax@1+tesseract@5+rules@1',
  }
  await store.openBatch('b')
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const type = { name: 'receipt', file: null, hash: 'h' }
const document = {
  tenant: 'local',
  batchId: 'b',
  position: 0,
  file: 'a.jpg',
  type,
  route: 'auto',
  templates: null,
  force: '',
} as const
const bytes = new TextEncoder().encode('a page')

async function finish(key: string): Promise<void> {
  const error = { code: 'E_CORRUPT', message: 'The image is damaged.', retryable: false } as const
  const { token } = (await store.claim(key))!
  await store.finish(key, token, 'failed', sampleResult({ verdict: 'failed', data: null, error }))
}

test('what is submitted or started anew waits in the ledger for its turn, and the dispatcher is woken', async () => {
  const job = await submit(to, { ...document, bytes })
  expect(job.status).toBe('queued')
  expect(await store.work(job.key)).toMatchObject({ ocr: to.ocr, pipeline: to.pipeline })
  expect(await store.turns(10)).toEqual([{ tenant: 'local', running: 0, keys: [job.key] }])
  expect(woken).toBe(1)
  await finish(job.key)
  await retryJob(to, job.id)
  expect((await store.get(job.id))?.status).toBe('queued')
  expect(await store.turns(10)).toEqual([{ tenant: 'local', running: 0, keys: [job.key] }])
  expect(woken).toBe(2)
})

test('only ended jobs without a usable result are started anew', async () => {
  await expect(retryJob(to, 'unknown')).rejects.toMatchObject({ code: 'E_NOT_FOUND' })
  const job = await submit(to, { ...document, bytes })
  await expect(retryJob(to, job.id)).rejects.toMatchObject({
    code: 'E_CONFLICT',
    message: expect.stringContaining('is queued'),
  })
})

test('a file that could not be read is not started anew, but submitted again', async () => {
  const request = {
    files: ['late.jpg'],
    type,
    route: 'auto',
    templates: null,
    force: '',
    cwd: folder,
  } as const
  const submitAll = async () => {
    for await (const job of submitBatch(to, 'b', request)) return job
    throw new Error('no job')
  }
  const job = await submitAll()
  expect(job).toMatchObject({ status: 'failed', error: { code: 'E_NOT_FOUND' } })
  await expect(retryJob(to, job.id)).rejects.toMatchObject({
    code: 'E_CONFLICT',
    message: expect.stringContaining('give the batch command again'),
  })
  expect((await store.get(job.id))?.status).toBe('failed')
  await writeFile(join(folder, 'late.jpg'), bytes)
  expect(await submitAll()).toMatchObject({ id: job.id, status: 'queued' })
})

test.each([
  ['rules that are known by their content now', 'parallax@1.3f9a01c7+tesseract@5+rules@1.8b20d4f1'],
  ['another version', 'parallax@2+tesseract@5+rules@1'],
  ['a calibration', 'parallax@1+tesseract@5+rules@1+receipt-calibration@1.0c11ae57'],
])('with %s a document is read again, and what was read before stays as it is', async (_, pipeline) => {
  const before = await submit(to, { ...document, bytes })
  const { token } = (await store.claim(before.key))!
  const result = sampleResult()
  await store.finish(before.key, token, 'accepted', result)
  await store.close()
  store = await openSqliteLedger(join(folder, 'ledger.sqlite'))
  await store.openBatch('later')
  const after = await submit({ ...to, store, pipeline }, { ...document, batchId: 'later', bytes })
  expect([after.status, after.key === before.key]).toEqual(['queued', false])
  expect((await store.get(before.id))?.status).toBe('accepted')
  expect(await store.result(before.key)).toEqual(result)
  const again = await submit({ ...to, store }, { ...document, batchId: 'later', position: 1, bytes })
  expect([again.status, again.key]).toEqual(['accepted', before.key])
})
