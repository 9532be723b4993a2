import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'libsql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ParallaxError, type ErrorCode } from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import type { Attempt, Consensus, Succeeded } from '../../core/judging.ts'
import { ownModel } from '../../core/vlm.ts'
import { strategyPlans } from '../../routing/strategies.ts'
import { fileBlobs } from '../../stores/file-blobs.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { attemptRequestSchema, type AttemptRequest } from './attempt.ts'
import { judgeRequestSchema } from '../judging/judge-in-child.ts'
import { parseVendorTemplate } from '../../templating/vendor/parse.ts'
import { deleteJob } from '../deletion/delete.ts'
import { runWork, type WorkEnd, type WorkRunner } from './run-work.ts'
import { submit, type Submitter } from '../submitting/submit.ts'
import { keepTemplates } from '../types/templates.ts'

let folder: string
let store: JobStore
let blobs: BlobStore
let to: Submitter
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-work-'))
  store = await openSqliteLedger(join(folder, 'ledger.sqlite'))
  blobs = fileBlobs(join(folder, 'blobs'))
  const engines = { ocr: 'tesseract', vlm: 'onnx', pipeline: 'parallax@1+tesseract@5+rules@1' }
  to = { store, blobs, wake: () => {}, ...engines }
  await store.openBatch('b')
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const type = { name: 'receipt', file: null, hash: 'h' }
const bytes = new TextEncoder().encode('a page')
const page = {
  tenant: 'local',
  batchId: 'b',
  position: 0,
  file: 'a.jpg',
  type,
  route: 'modular',
  templates: null,
  force: '',
} as const
const submitPage = (position = 0): Promise<Job> => submit(to, { ...page, bytes, position })
const now = async (job: Job) => (await store.get(job.id))!

const reading = (data: unknown): Attempt => ({
  path: 'modular',
  ok: true,
  extraction: {
    documentType: 'receipt',
    path: 'modular',
    data,
    fields: {},
    violations: [],
    producedBy: { tesseract: '5' },
    words: [],
    crossCheck: null,
    sharpness: 0,
    ms: 1,
  },
  score: { value: 1, fields: {}, flags: [] },
})

/** Of attempts of the same data: the flags for so many attempts. */
function judged(payload: unknown, codes: readonly (readonly string[])[]): Consensus {
  const { attempts } = judgeRequestSchema.parse(payload)
  const read = attempts.find((a): a is Succeeded => a.ok)!
  const flags = (codes[attempts.length - 1] ?? []).map((code) => ({ code, field: null, message: '' }))
  return {
    data: read.extraction.data,
    fields: {},
    flags,
    objections: flags,
    score: 1,
    reviewPriority: codes.length,
  }
}

const runner = (
  read: (request: AttemptRequest) => Attempt,
  codes: readonly (readonly string[])[] = [[]],
  later: string[] = [],
): WorkRunner => ({
  store,
  blobs,
  reprocessLater: async (key) => void later.push(key),
  auditShare: 0,
  reader: {
    run: async (task, payload) =>
      task === 'judge' ? judged(payload, codes) : read(attemptRequestSchema.parse(payload)),
    plans: strategyPlans,
    ocr: 'tesseract-js',
    vlm: ownModel,
    pageMs: 1000,
    documentMs: 60_000,
  },
})

async function eventuallyRuns(job: Job): Promise<void> {
  while ((await now(job)).status !== 'running') await delay(2)
}

/** Until a lease of `endless` was renewed about so often. */
const renewals = (count: number): Promise<void> => delay(count * 10)

const failing = (code: ErrorCode) =>
  runner(() => {
    throw new ParallaxError(code, `It failed: ${code}.`)
  })

test('work is read by the engine it was submitted for, not by the one of the worker', async () => {
  const job = await submitPage()
  const seen: AttemptRequest[] = []
  await runWork(
    runner((request) => {
      seen.push(request)
      return reading({ total: 9 })
    }),
    job.key,
  )
  expect(seen).toMatchObject([{ ocr: 'tesseract', pipeline: to.pipeline }])
  expect((await now(job)).status).toBe('accepted')
})

test('work is read with the vendor templates it was submitted with, and waits where they are lost', async () => {
  const template = parseVendorTemplate(
    'vendor: A\ntype: receipt\nmatch: ABC\nfields:\n  /total: { anchor: B }',
    'a',
  )
  const templates = await keepTemplates(blobs, [template])
  const job = await submit(to, { ...page, bytes, templates })
  expect(job.key).not.toBe((await submitPage(1)).key)
  const seen: AttemptRequest[] = []
  const noting = runner((request) => {
    seen.push(request)
    return reading({ total: 9 })
  })
  await blobs.delete(templates!)
  await expect(runWork(noting, job.key, false)).rejects.toMatchObject({ code: 'E_STORAGE' })
  await keepTemplates(blobs, [template])
  await runWork(noting, job.key)
  expect(seen).toMatchObject([{ templates: [template] }])
})

test.each([true, false])('work for other engines is given back and told (last time: %s)', async (isLast) => {
  const job = await submitPage()
  await expect(runWork(failing('E_NOT_READY'), job.key, isLast)).rejects.toMatchObject({
    code: 'E_NOT_READY',
  })
  expect((await now(job)).status).toBe('queued')
  expect(await store.result(job.key)).toBeNull()
})

test('work in hand when the children close is given back in silence', async () => {
  const job = await submitPage()
  await runWork(failing('E_BUSY'), job.key)
  expect((await now(job)).status).toBe('queued')
})

test('a result that cannot be stored ends the job', async () => {
  const job = await submitPage()
  await runWork(
    runner(() => reading({ total: 9n })),
    job.key,
  )
  expect(await now(job)).toMatchObject({ status: 'failed', error: { code: 'E_INTERNAL' } })
  expect(await store.abandoned(new Date(Date.now() + 60_000).toISOString(), 10)).toEqual([])
})

test('every document that ends is told once, and nothing of what is in it', async () => {
  const ends: WorkEnd[] = []
  const onEnd = (end: WorkEnd): void => void ends.push(end)
  const job = await submitPage()
  await blobs.delete((await store.work(job.key))!.blob)
  const good = { ...runner(() => reading({ total: 9 })), onEnd }
  await expect(runWork(good, job.key, false)).rejects.toMatchObject({ code: 'E_STORAGE' })
  expect(ends).toEqual([])
  await runWork(good, job.key, true)
  expect(ends).toEqual([{ key: job.key, type: 'receipt', status: 'failed', code: 'E_STORAGE', ms: 0 }])
  await submitPage()
  await runWork(good, job.key)
  expect(ends.slice(1)).toEqual([
    { key: job.key, type: 'receipt', status: 'accepted', code: null, ms: expect.any(Number) },
  ])
})

test('a missing file is waited for, then told, and read once it is submitted again', async () => {
  const job = await submitPage()
  await blobs.delete((await store.work(job.key))!.blob)
  const good = runner(() => reading({ total: 9 }))
  await expect(runWork(good, job.key, false)).rejects.toMatchObject({ code: 'E_STORAGE' })
  expect((await now(job)).status).toBe('queued')
  await runWork(good, job.key, true)
  expect(await now(job)).toMatchObject({ status: 'failed', error: { code: 'E_STORAGE' } })

  expect((await submitPage()).status).toBe('queued')
  await runWork(good, job.key)
  expect((await now(job)).status).toBe('accepted')
})

test.each(['E_TIMEOUT', 'E_MEMORY', 'E_TYPE_INVALID'] as const)(
  '%s is a result until the file is submitted again',
  async (code) => {
    const job = await submitPage()
    await runWork(failing(code), job.key, false)
    expect(await now(job)).toMatchObject({ status: 'failed', error: { code } })
    expect(await submitPage()).toMatchObject({ id: job.id, status: 'queued', error: null })
  },
)

test('bad input stays a result', async () => {
  const job = await submitPage()
  await runWork(failing('E_CORRUPT'), job.key)
  expect(await submitPage(1)).toMatchObject({ status: 'failed', error: { code: 'E_CORRUPT' } })
  expect((await now(job)).status).toBe('failed')
})

test('work that kills its process twice is set aside, and stays so', async () => {
  const job = await submitPage()
  await expect(runWork(failing('E_CRASHED'), job.key)).rejects.toMatchObject({ code: 'E_CRASHED' })
  await runWork(failing('E_CRASHED'), job.key)
  expect(await now(job)).toMatchObject({ status: 'quarantined', error: { code: 'E_POISON' } })
  expect((await submitPage()).status).toBe('quarantined')
})

/** Reads until it is told to stop, which it notes. */
function endless(stopped: string[], started: () => void = () => {}): WorkRunner {
  const work = runner(() => reading({ total: 9 }))
  const run: WorkRunner['reader']['run'] = (_, payload, { signal } = {}) => {
    started()
    return new Promise((_, reject) => {
      signal!.addEventListener('abort', () => {
        stopped.push(attemptRequestSchema.parse(payload).path)
        reject(signal!.reason)
      })
    })
  }
  return { ...work, reader: { ...work.reader, run }, renewMs: 5 }
}

test.each(['cancelled', 'deleted'])('a document that is %s is not read on', async (how) => {
  const job = await submitPage()
  const stopped: string[] = []
  const cancel = (): Promise<unknown> =>
    how === 'deleted' ? deleteJob({ store, blobs }, job.id) : store.cancel(job.id)
  await runWork(
    endless(stopped, () => void cancel()),
    job.key,
  )
  expect(stopped).toEqual(['modular'])
  expect((await store.get(job.id))?.status).toBe(how === 'deleted' ? undefined : 'cancelled')
  expect(await store.result(job.key)).toBeNull()
})

test('a document that kills its process, or loses its file, after it was deleted, is left alone', async () => {
  for (const code of ['E_CRASHED', 'E_STORAGE'] as const) {
    const job = await submitPage()
    const work = runner(() => reading({ total: 9 }))
    const run: WorkRunner['reader']['run'] = async () => {
      await deleteJob({ store, blobs }, job.id)
      throw new ParallaxError(code, 'It failed.')
    }
    await runWork({ ...work, reader: { ...work.reader, run } }, job.key)
    expect(await store.get(job.id)).toBeNull()
    await store.openBatch('b')
  }
})

test('damaged work has failed, and the next is read', async () => {
  const [job, next] = [await submitPage(), await submit(to, { ...page, bytes, position: 1, force: '1' })]
  const database = new Database(join(folder, 'ledger.sqlite'))
  database.prepare(`UPDATE works SET ocr = 'another' WHERE key = ?`).run([job.key])
  database.close()
  const work = runner(() => reading({ total: 9 }))
  for (const { key } of [job, next]) await runWork(work, key)
  expect(await now(job)).toMatchObject({ status: 'failed', error: { code: 'E_DAMAGED' } })
  expect((await now(next)).status).toBe('accepted')
  expect(await submitPage()).toMatchObject({ id: job.id, status: 'queued', error: null })
  await runWork(work, job.key)
  expect((await now(job)).status).toBe('accepted')
})

test('a document that another job waits for is read on, and one that was cancelled can be read again at once', async () => {
  const [first, second] = [await submitPage(0), await submitPage(1)]
  const stopped: string[] = []
  const unwanted = runWork(endless(stopped), first.key)
  await eventuallyRuns(first)
  await store.cancel(first.id)
  await renewals(4)
  expect(stopped).toEqual([])
  await store.cancel(second.id)
  await unwanted
  await store.retry(second.id)
  await runWork(
    runner(() => reading({ total: 9 })),
    second.key,
  )
  expect((await now(second)).status).toBe('accepted')
})

test('a document that is being read is read by nobody else, however long it takes', async () => {
  const job = await submitPage()
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  const slow = runner(() => reading({ total: 9 }))
  const run: WorkRunner['reader']['run'] = async (task, payload, options) => {
    await opened
    return slow.reader.run(task, payload, options)
  }
  const first = runWork({ ...slow, reader: { ...slow.reader, run }, renewMs: 5 }, job.key)
  await eventuallyRuns(job)
  const before = new Date().toISOString()
  await renewals(4)
  expect(await store.abandoned(before, 10)).toEqual([])
  const reads: string[] = []
  await runWork(
    runner(({ path }) => {
      reads.push(path)
      return reading({ total: 1 })
    }),
    job.key,
  )
  expect(reads).toEqual([])
  open()
  await first
  expect((await store.result(job.key))!.data).toEqual({ total: 9 })
})

test('a fault of the storage is no result of a document, however long it lasts', async () => {
  const job = await submitPage()
  for (const isLast of [false, true])
    await expect(runWork(failing('E_STORAGE'), job.key, isLast)).rejects.toMatchObject({ code: 'E_STORAGE' })
  const full = { ...blobs, get: () => Promise.reject(new ParallaxError('E_STORAGE', '', { cause: 'EIO' })) }
  const work = runner(() => reading({ total: 9 }))
  await expect(runWork({ ...work, blobs: full }, job.key)).rejects.toMatchObject({ code: 'E_STORAGE' })
  expect((await now(job)).status).toBe('queued')
  await runWork(work, job.key)
  expect((await now(job)).status).toBe('accepted')
})

test('a stored file that is damaged ends the job, and is read once it is submitted again', async () => {
  const job = await submitPage()
  const { blob } = (await store.work(job.key))!
  await writeFile(join(folder, 'blobs', 'sha256', blob.slice(0, 2), blob), 'other bytes')
  const work = runner(() => reading({ total: 9 }))
  await runWork(work, job.key)
  expect(await now(job)).toMatchObject({ status: 'failed', error: { code: 'E_STORAGE' } })
  await submitPage()
  await runWork(work, job.key)
  expect((await now(job)).status).toBe('accepted')
})

test('what the direct path is sure of is not read again', async () => {
  const job = await submit(to, { ...page, bytes, route: 'auto' })
  const later: string[] = []
  await runWork(
    runner(() => reading({ total: 9 }), [[]], later),
    job.key,
  )
  expect(later).toEqual([])
  expect((await now(job)).status).toBe('accepted')
})

test.each<[string, string[][], string]>([
  ['accepted where both are sure', [['A']], 'accepted'],
  ['seen by a person where doubts are left', [['A'], ['B']], 'needs_review'],
])('what the direct path flags is reprocessed, and %s', async (_, codes, status) => {
  const job = await submit(to, { ...page, bytes, route: 'auto' })
  const [later, paths]: [string[], string[]] = [[], []]
  const work = runner(
    ({ path }) => {
      paths.push(path)
      return { ...reading({ total: 9 }), path }
    },
    codes,
    later,
  )
  await runWork(work, job.key)
  expect((await now(job)).status).toBe('reprocessing')
  expect(later).toEqual([job.key])
  await runWork(work, job.key)
  expect(paths).toEqual(['direct', 'modular'])
  expect((await now(job)).status).toBe(status)
  const result = await store.result(job.key)
  expect(result!.attempts.map((a) => a.path)).toEqual(['direct', 'modular'])
})

test('a direct path that kills its process leaves the document to the modular one', async () => {
  const job = await submit(to, { ...page, bytes, route: 'auto' })
  const work = runner(({ path }) => {
    if (path === 'direct') throw new ParallaxError('E_CRASHED', 'It crashed.')
    return reading({ total: 9 })
  })
  await runWork(work, job.key)
  await runWork(work, job.key)
  expect(await now(job)).toMatchObject({ status: 'needs_review' })
  expect((await store.result(job.key))!.reason).toBe('only the modular path could read the document')
})

test('what nobody named the type of is read as what its words tell, from then on', async () => {
  const told = { probability: 0.8, others: [{ name: 'receipt', probability: 0.2 }] }
  const invoice = { name: 'invoice', file: null, hash: 'i' }
  const asked: AttemptRequest[] = []
  const { reader, ...rest } = runner(() => reading({ total: 1 }))
  const run: typeof reader.run = async (task, payload) => {
    if (task === 'tellTypes')
      return { segmentation: null, documents: [{ part: null, spec: 'invoice', told }] }
    if (task === 'describe')
      return { type: invoice, jsonSchema: {}, pipeline: 'parallax@1+other@2', templates: [], otherTypes: [] }
    if (task === 'extract') asked.push(attemptRequestSchema.parse(payload))
    return reader.run(task, payload)
  }
  const job = await submit(to, { ...page, bytes, type: { name: 'auto', file: null, hash: 'c' } })
  await runWork({ ...rest, reader: { ...reader, run } }, job.key)
  expect(asked).toMatchObject([{ type: invoice, pipeline: 'parallax@1+other@2' }])
  expect(await store.work(job.key)).toMatchObject({ type: invoice, told })
  const result = await store.result(job.key)
  expect(result).toMatchObject({ documentType: 'invoice', told, verdict: 'needs_review' })
  expect(result!.flags.map(({ code }) => code)).toEqual(['TYPE_DOUBTFUL'])
})

test('a document whose type cannot be told fails with the reason', async () => {
  const { reader, ...rest } = runner(() => reading({}))
  const run: typeof reader.run = async () => {
    throw new ParallaxError('E_UNSUPPORTED_TYPE', 'It is no picture.')
  }
  const job = await submit(to, { ...page, bytes, type: { name: 'auto', file: null, hash: 'c' } })
  await runWork({ ...rest, reader: { ...reader, run } }, job.key)
  expect(await now(job)).toMatchObject({ status: 'failed', error: { code: 'E_UNSUPPORTED_TYPE' } })
})
