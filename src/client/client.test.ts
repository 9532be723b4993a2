import { openAsBlob } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { receiptSchema } from '../../schemas/receipt.ts'
import { openTestService, samplePage, type TestService } from '../api/service.case.ts'
import type { BatchAnswer } from '../contract/jobs.ts'
import { createClient, ServiceError, type Client, type ClientOptions } from './client.ts'
import { openProxy, type Meddle } from './proxy.case.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const page = samplePage('sg-ticket-skew-34')
const read = { merchant: { name: 'HOLLOWICK FOODMART' }, total: 15.96 }
const notes = (text = 'no image') => ({ name: 'notes.txt', bytes: new TextEncoder().encode(text) })

let at: TestService
let key: string
let client: Client
beforeAll(async () => {
  // Whatever is accepted is shown to a person.
  at = await openTestService({ env: { PARALLAX_AUDIT: '1' } })
  key = await at.key('reviewer', 'a')
  client = clientOf()
})
afterAll(() => at[Symbol.asyncDispose]())

const clientOf = (options: ClientOptions = {}): Client =>
  createClient({ url: at.url, key, pollSeconds: 0.05, ...options })

/** The code and status of a refusal. */
async function refusalOf(
  asked: Promise<unknown>,
): Promise<Pick<ServiceError, 'code' | 'status' | 'retryable'>> {
  try {
    await asked
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const { code, status, retryable } = error
    return { code, status, retryable }
  }
  throw new Error('It was not refused.')
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

describe('documents of all kinds', () => {
  let batch: BatchAnswer
  const progress: BatchAnswer[] = []
  beforeAll(async () => {
    const bytes = await readFile(page)
    const files = [
      page,
      new File([bytes], 'again.jpg'),
      { name: 'third.jpg', bytes: new Blob([bytes]) },
      notes(),
    ]
    const { id, jobs } = await client.submit(files, { route: 'modular' })
    expect(jobs.map(({ file }) => file)).toEqual(['page.jpg', 'again.jpg', 'third.jpg', 'notes.txt'])
    await using worker = await at.work()
    void worker
    batch = await client.wait(id, { onProgress: (known) => progress.push(known) })
  })

  test('are waited for, and their progress is told, the end last', () => {
    expect(batch).toMatchObject({ total: 4, finished: true, counts: { failed: 1, queued: 0 } })
    expect(progress[0]).toMatchObject({ id: batch.id, finished: false })
    expect(progress.at(-1)).toEqual(batch)
    expect(progress.filter(({ finished }) => finished)).toHaveLength(1)
  })

  test('have rows in order, with data of the type that was asked for', async () => {
    const results = await all(client.rows(batch.id, { schema: receiptSchema }))
    expect(results.map(({ file }) => file)).toEqual(['page.jpg', 'again.jpg', 'third.jpg', 'notes.txt'])
    for (const result of results.slice(0, 3)) expect(result).toMatchObject({ error: null, data: read })
    const total: number | null | undefined = results[0]!.data?.total
    expect(total).toBe(15.96)
    expect(results[3]).toMatchObject({ verdict: 'failed', data: null, error: { code: 'E_NOT_IMAGE' } })
  })

  test('have rows by status, and a row whose data does not fit says so', async () => {
    const failed = await all(client.rows(batch.id, { status: 'failed' }))
    expect(failed.map(({ file }) => file)).toEqual(['notes.txt'])
    const [row] = await all(client.rows(batch.id, { schema: z.object({ total: z.string() }) }))
    expect(row).toMatchObject({ verdict: 'failed', data: null, error: { code: 'E_SCHEMA_MISMATCH' } })
  })

  test('have jobs, also where they are more than one page', async () => {
    const jobs = await all(client.jobs({ batch: batch.id, pageSize: 3 }))
    expect(jobs.map(({ position }) => position)).toEqual([0, 1, 2, 3])
    expect(await all(client.jobs({ batch: batch.id, status: 'failed' }))).toHaveLength(1)
  })

  test('are reviewed through calls that have the types of the OpenAPI document', async () => {
    const { items, total } = await client.get('/v1/review', { params: { query: { limit: 1 } } })
    expect({ items: items.length, total }).toEqual({ items: 1, total: 3 })
    const { job } = await client.post('/v1/review/next', { body: {} })
    const path = { id: job!.id }
    const { revision } = await client.get('/v1/review/{id}', { params: { path } })
    const body = { changes: [{ field: '/total', value: 12 }], revision }
    const { row: result, revision: now } = await client.post('/v1/review/{id}/corrections', {
      params: { path },
      body,
    })
    expect(result.data).toMatchObject({ total: 12 })
    const { status } = await client.post('/v1/review/{id}/accept', {
      params: { path },
      body: { revision: now },
    })
    expect(status).toBe('reviewed')
    const [corrected] = await all(client.rows(batch.id, { status: 'reviewed', schema: receiptSchema }))
    expect(corrected!.data).toMatchObject({ total: 12 })
  })

  test('have answers that are not JSON as text', async () => {
    const params = { path: { id: batch.id } }
    expect(await client.get('/v1/batches/{id}/report', { params, parseAs: 'text' })).toMatch(
      /^<!doctype html>/,
    )
    expect(await refusalOf(client.get('/v1/batches/{id}/report', { params }))).toMatchObject({
      code: 'E_INTERNAL',
      retryable: false,
    })
  })
})

test('documents are submitted, waited for and answered in one go', async () => {
  await using worker = await at.work()
  void worker
  const results = await all(client.extractAll([notes('one'), notes('two')], { route: 'modular' }))
  expect(results.map(({ error }) => error?.code)).toEqual(['E_NOT_IMAGE', 'E_NOT_IMAGE'])
})

test('one document is read at once, or refused with the reason', async () => {
  const result = await client.extract(page, { route: 'modular', schema: receiptSchema })
  expect(result).toMatchObject({ file: 'page.jpg', data: read })
  expect(await refusalOf(client.extract(notes()))).toEqual({
    code: 'E_NOT_IMAGE',
    status: 415,
    retryable: false,
  })
})

test('the same files under the same key are one batch, others are refused', async () => {
  const options = { idempotencyKey: 'march' }
  const made = await client.submit([notes()], options)
  expect(await client.submit([notes()], options)).toEqual(made)
  expect((await client.submit([notes()])).id).not.toBe(made.id)
  expect(await refusalOf(client.submit([notes('other')], options))).toEqual({
    code: 'E_IDEMPOTENCY_CONFLICT',
    status: 409,
    retryable: false,
  })
})

test('what cannot be asked is refused here', async () => {
  expect(() => createClient({ url: 'localhost:7272' })).toThrow(/option url/)
  expect(() => createClient({ key: 'a b' })).toThrow(/option key/)
  await expect(client.submit(['/nowhere/a.jpg'])).rejects.toMatchObject({ code: 'E_NOT_FOUND' })
})

test('a wrong key, a role that is too low and a batch of nobody are refusals with a code', async () => {
  const stranger = clientOf({ key: 'plx_wrong' })
  const refused = { code: 'E_AUTH', status: 401, retryable: false }
  expect(await refusalOf(stranger.submit([notes()]))).toEqual(refused)
  expect(await refusalOf(stranger.wait('b'))).toEqual(refused)
  expect(await refusalOf(all(stranger.rows('b')))).toEqual(refused)
  expect(await refusalOf(stranger.get('/v1/session'))).toEqual(refused)
  const id = { params: { path: { id: 'b' } } }
  expect(await refusalOf(client.delete('/v1/jobs/{id}', id))).toMatchObject({ code: 'E_FORBIDDEN' })
  expect(await refusalOf(client.wait('b'))).toMatchObject({ code: 'E_NOT_FOUND' })
  expect(await refusalOf(all(client.rows('b')))).toMatchObject({ code: 'E_NOT_FOUND' })
})

test('waiting ends with the reason of its signal', async () => {
  const { id } = await client.submit([notes('never read')])
  const gone = new AbortController()
  const reason = new Error('enough')
  const waited = client.wait(id, { signal: gone.signal, onProgress: () => gone.abort(reason) })
  await expect(waited).rejects.toBe(reason)
  await expect(client.submit([notes()], { signal: gone.signal })).rejects.toBe(reason)
})

describe('a service that is busy', () => {
  test('is asked again when it says, and takes what is submitted then', async () => {
    await using small = await openTestService({ env: { PARALLAX_MAX_QUEUED: '1' } })
    const patient = createClient({ url: small.url })
    const hasty = createClient({ url: small.url, maxWaitSeconds: 1 })
    const busy = { code: 'E_BUSY', status: 429, retryable: true }
    await patient.submit([notes()])
    const isTaken = () =>
      hasty.submit([notes()]).then(
        () => true,
        () => false,
      )
    // What waits is counted once a second.
    while (await isTaken()) await delay(100)
    expect(await refusalOf(hasty.submit([notes()]))).toEqual(busy)
    const later = patient.submit([notes('later')])
    for (const { id } of await small.service.store.list({})) await small.service.store.cancel(id)
    expect((await later).jobs).toHaveLength(1)
  })

  test('is asked no more than a key may ask', async () => {
    await using strict = await openTestService({ env: { PARALLAX_RATE: '1' } })
    const hasty = createClient({ url: strict.url, maxWaitSeconds: 1 })
    await hasty.get('/v1/session')
    expect(await refusalOf(hasty.get('/v1/session'))).toMatchObject({ code: 'E_BUSY', status: 429 })
  })

  test('is asked again while its storage is away', async () => {
    const [file, elsewhere] = [join(at.home, 'ledger.sqlite'), join(at.home, 'moved')]
    await rename(file, elsewhere)
    const refused = await refusalOf(clientOf({ retries: 0 }).submit([notes()]))
    const later = client.submit([notes()])
    await rename(elsewhere, file)
    expect(refused).toEqual({ code: 'E_STORAGE', status: 503, retryable: true })
    expect((await later).jobs).toHaveLength(1)
  })
})

describe('a connection', () => {
  /** A client behind something that meddles with some requests. */
  async function behind(meddle: Meddle, options: ClientOptions = {}) {
    const proxy = await openProxy(at.url, meddle)
    return {
      client: clientOf({ ...options, url: proxy.url }),
      [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
    }
  }
  const isEvents = ({ url }: IncomingMessage): boolean => url!.endsWith('/events')

  test('that lets no events through makes waiting look instead', async () => {
    await using reached = await behind((request, response, pass) =>
      isEvents(request) ? response.writeHead(404).end('<html>') : pass(),
    )
    await using worker = await at.work()
    void worker
    const { id } = await reached.client.submit([notes()])
    expect(await reached.client.wait(id)).toMatchObject({ finished: true })
  })

  test('that breaks off in the middle of events is taken up again', async () => {
    let broken = 0
    await using reached = await behind((request, response, pass) => {
      pass()
      if (isEvents(request) && broken++ < 2) setTimeout(() => response.destroy(), 50)
    })
    const { id } = await reached.client.submit([notes('broken')])
    const seen: BatchAnswer[] = []
    const waited = reached.client.wait(id, { onProgress: (batch) => seen.push(batch) })
    while (broken < 2) await delay(20)
    await using worker = await at.work()
    void worker
    expect(await waited).toMatchObject({ finished: true })
    for (const [i, batch] of seen.entries()) expect(batch).not.toEqual(seen[i - 1])
  })

  test('that loses the answer to a submission leaves one batch', async () => {
    let lost = 0
    await using reached = await behind((request, response, pass) => {
      pass()
      if (request.method !== 'POST' || lost++ > 0) return
      response.writeHead = () => response.destroy()
    })
    const before = await at.service.store.batches({ limit: 1000 })
    const { id } = await reached.client.submit([notes('lost')])
    expect(lost).toBe(2)
    const after = await at.service.store.batches({ limit: 1000 })
    expect(after.length).toBe(before.length + 1)
    expect(after.map((batch) => batch.id)).toContain(id)
  })

  test('to nobody is a refusal that may pass', async () => {
    const gone = await behind(() => {}, { retries: 1, maxWaitSeconds: 0.01 })
    await gone[Symbol.asyncDispose]()
    const nobody = { code: 'E_UNREACHABLE', status: null, retryable: true }
    expect(await refusalOf(gone.client.get('/v1/health'))).toEqual(nobody)
    expect(await refusalOf(gone.client.submit([notes()]))).toEqual(nobody)
  })
})

test('a file that goes away before it is sent is no fault of the service', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parallax-client-'))
  const file = join(folder, 'a.jpg')
  await writeFile(file, 'a')
  const bytes = await openAsBlob(file)
  await rm(folder, { recursive: true })
  await expect(client.submit([{ name: 'a.jpg', bytes }])).rejects.toMatchObject({ code: 'E_NOT_READABLE' })
})
