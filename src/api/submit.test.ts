import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  acceptedBatchSchema,
  batchFinishedSchema,
  batchPageSchema,
  batchSchema,
  jobPageSchema,
  jobSchema,
  limitsSchema,
  resultAnswerSchema,
  type AcceptedBatch,
} from '../contract/jobs.ts'
import { answerOf, codeOf, formOf, openTestService, samplePage, type TestService } from './service.case.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let at: TestService
let key: string
let stranger: string
let page: Buffer
beforeAll(async () => {
  at = await openTestService({ env: { PARALLAX_MAX_FILE_MB: '1' } })
  key = await at.key('submitter', 'a')
  stranger = await at.key('admin', 'b')
  page = await readFile(samplePage('my-supermarket-crumpled-06'))
})
afterAll(() => at[Symbol.asyncDispose]())

const fields = { type: 'receipt', route: 'modular' }
const post = (path: string, body: FormData, headers = {}, who = key): Promise<Response> =>
  at.send(path, { method: 'POST', body, headers }, who)
const submitted = (form: FormData, headers = {}): Promise<AcceptedBatch> =>
  answerOf(post('/v1/batches', form, headers), 202, acceptedBatchSchema)
const jobCount = async (): Promise<number> =>
  Object.values(await at.service.store.counts()).reduce((sum, n) => sum + n, 0)
/** What uploads have left on disk. */
const uploads = (): Promise<string[]> => readdir(join(at.home, 'uploads'))

async function untilDone(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await delay(20)
}

interface ServerEvent {
  readonly event: string
  readonly total: number
  readonly finished: boolean
}

/** The events of a batch up to the end of the stream. */
async function eventsOf(id: string): Promise<readonly ServerEvent[]> {
  const { body, headers } = await at.send(`/v1/batches/${id}/events`, {}, key)
  expect(headers.get('content-type')).toBe('text/event-stream')
  const events: ServerEvent[] = []
  const parsed = body!
    .pipeThrough(new TextDecoderStream() as never)
    .pipeThrough(new EventSourceParserStream())
  for await (const { event, data } of parsed as unknown as AsyncIterable<{ event: string; data: string }>)
    events.push({ event, ...batchSchema.parse(JSON.parse(data)) })
  return events
}

describe('a batch', () => {
  let batch: AcceptedBatch
  beforeAll(async () => {
    batch = await submitted(
      formOf(fields, { name: 'page.jpg', bytes: page }, { name: 'notes.txt', bytes: 'no image' }),
    )
  })

  test('waits in the order of its files, and has no results yet', async () => {
    const [first, second] = batch.jobs
    expect([first!.file, second!.file]).toEqual(['page.jpg', 'notes.txt'])
    const path = `/v1/jobs/${first!.id}`
    expect(await answerOf(at.send(path, {}, key), 200, jobSchema)).toMatchObject({
      batch: batch.id,
      status: 'queued',
    })
    expect(await codeOf(at.send(`${path}/result`, {}, key))).toBe('E_NOT_READY')
    expect(await codeOf(at.send(`${path}/retry`, { method: 'POST' }, key))).toBe('E_CONFLICT')
    expect(await uploads()).toEqual([])
  })

  test('is nothing to another tenant', async () => {
    const id = batch.jobs[0]!.id
    for (const path of [
      `/v1/batches/${batch.id}`,
      `/v1/batches/${batch.id}/events`,
      `/v1/batches/${batch.id}/report`,
    ])
      expect(await codeOf(at.send(path, {}, stranger))).toBe('E_NOT_FOUND')
    for (const path of [`/v1/jobs/${id}`, `/v1/jobs/${id}/result`, `/v1/jobs/${id}/pages/1`])
      expect(await codeOf(at.send(path, {}, stranger))).toBe('E_NOT_FOUND')
    for (const action of ['retry', 'cancel'])
      expect(await codeOf(at.send(`/v1/jobs/${id}/${action}`, { method: 'POST' }, stranger))).toBe(
        'E_NOT_FOUND',
      )
    const empty = { items: [], next: null }
    expect(await answerOf(at.send('/v1/batches', {}, stranger), 200, batchPageSchema)).toEqual(empty)
    expect(await answerOf(at.send('/v1/jobs', {}, stranger), 200, jobPageSchema)).toEqual(empty)
    expect(await answerOf(at.send(`/v1/jobs?batch=${batch.id}`, {}, stranger), 200, jobPageSchema)).toEqual(
      empty,
    )
    expect(await (await at.send('/v1/metrics', {}, stranger)).text()).toContain(
      'parallax_jobs{status="queued"} 0',
    )
  })

  test('is read by a worker while everybody who asks is told, and told no more when they go away', async () => {
    const gone = new AbortController()
    const leaving = await at.send(`/v1/batches/${batch.id}/events`, { signal: gone.signal }, key)
    await leaving.body!.getReader().read()
    gone.abort()
    await using _ = await at.work()
    const [events, others] = await Promise.all([eventsOf(batch.id), eventsOf(batch.id)])
    expect(events[0]).toMatchObject({ event: 'progress', total: 2, finished: false })
    expect(events.at(-1)).toMatchObject({ event: 'finished', finished: true })
    expect(others.at(-1)).toEqual(events.at(-1))
    expect(at.troubles).toEqual([])
  })

  test('has results, each a row or the reason why there is none', async () => {
    const [first, second] = batch.jobs
    const result = await answerOf(at.send(`/v1/jobs/${first!.id}/result`, {}, key), 200, resultAnswerSchema)
    expect(result).toMatchObject({ file: 'page.jpg', documentType: 'receipt', route: 'modular', error: null })
    const refused = await answerOf(at.send(`/v1/jobs/${second!.id}/result`, {}, key), 200, resultAnswerSchema)
    expect(refused).toMatchObject({ verdict: 'failed', error: { code: 'E_NOT_IMAGE' } })
    expect(await answerOf(at.send(`/v1/jobs/${second!.id}`, {}, key), 200, jobSchema)).toMatchObject({
      status: 'failed',
      error: { code: 'E_NOT_IMAGE' },
    })
    const failed = await answerOf(
      at.send(`/v1/jobs?batch=${batch.id}&status=failed`, {}, key),
      200,
      jobPageSchema,
    )
    expect(failed.items.map(({ id }) => id)).toEqual([second!.id])
  })

  test('has figures and a report in which no script runs', async () => {
    const metrics = await (await at.send('/v1/metrics', {}, key)).text()
    expect(metrics).toMatch(/parallax_errors_total{[^}]*code="E_NOT_IMAGE"} 1/)
    expect(metrics).toContain('parallax_jobs{status="failed"} 1')
    const report = await at.send(`/v1/batches/${batch.id}/report`, {}, key)
    expect(report.headers.get('content-security-policy')).toMatch(/^default-src 'none';.* sandbox$/)
    expect(await report.text()).toMatch(/^<!doctype html>[^]*data:image\//)
  })

  test('can be read anew in part, or no more be waited for', async () => {
    const path = `/v1/jobs/${batch.jobs[1]!.id}`
    const again = await answerOf(at.send(`${path}/retry`, { method: 'POST' }, key), 200, jobSchema)
    expect(again).toMatchObject({ status: 'queued', error: null })
    const cancelled = await answerOf(at.send(`${path}/cancel`, { method: 'POST' }, key), 200, jobSchema)
    expect(cancelled.status).toBe('cancelled')
    expect(await codeOf(at.send(`${path}/cancel`, { method: 'POST' }, key))).toBe('E_CONFLICT')
    expect(await codeOf(at.send(`${path}/result`, {}, key))).toBe('E_CONFLICT')
  })
})

test('lists go on where the part before ended, the newest batch first', async () => {
  const made = [
    await submitted(formOf(fields, { name: '1', bytes: 'one' }, { name: '2', bytes: 'two' })),
    await submitted(formOf(fields, { name: '3', bytes: 'three' })),
  ]
  const first = await answerOf(at.send('/v1/batches?limit=1', {}, key), 200, batchPageSchema)
  const second = await answerOf(
    at.send(`/v1/batches?limit=1&after=${first.next}`, {}, key),
    200,
    batchPageSchema,
  )
  expect([first.items[0]!.id, second.items[0]!.id]).toEqual([made[1]!.id, made[0]!.id])
  expect(second.items[0]).toMatchObject({ total: 2, finished: false, counts: { queued: 2 } })
  const jobs = (after: string) => at.send(`/v1/jobs?batch=${made[0]!.id}&limit=1${after}`, {}, key)
  const one = await answerOf(jobs(''), 200, jobPageSchema)
  const two = await answerOf(jobs(`&after=${one.next}`), 200, jobPageSchema)
  expect([...one.items, ...two.items].map(({ file }) => file)).toEqual(['1', '2'])
})

describe('an Idempotency-Key', () => {
  const order = (bytes = 'a') => formOf(fields, { name: 'a.jpg', bytes }, { name: 'b.jpg', bytes: 'b' })

  test('makes the same request the same batch, also when it comes twice at once', async () => {
    const headers = { 'idempotency-key': 'order 1' }
    const answers: AcceptedBatch[] = await Promise.all([1, 2].map(() => submitted(order(), headers)))
    const before = await jobCount()
    answers.push(await submitted(order(), headers))
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(await jobCount()).toBe(before)
  })

  test('refuses another request, and is a tenant’s own', async () => {
    const headers = { 'idempotency-key': 'order 2' }
    const mine = await submitted(order(), headers)
    expect(await codeOf(post('/v1/batches', order('other'), headers))).toBe('E_IDEMPOTENCY_CONFLICT')
    const direct = formOf(
      { ...fields, route: 'both' },
      { name: 'a.jpg', bytes: 'a' },
      { name: 'b.jpg', bytes: 'b' },
    )
    expect(await codeOf(post('/v1/batches', direct, headers))).toBe('E_IDEMPOTENCY_CONFLICT')
    const theirs = await answerOf(post('/v1/batches', order(), headers, stranger), 202, acceptedBatchSchema)
    expect(theirs.id).not.toBe(mine.id)
    const keys = await Promise.all(
      [mine, theirs].map(async ({ jobs }) => (await at.service.store.get(jobs[0]!.id))!.key),
    )
    expect(keys[0]).not.toBe(keys[1])
  })
})

describe('a form that cannot be used leaves no job', () => {
  const image = { name: 'a.jpg', bytes: 'a' }
  const refused: readonly (readonly [string, FormData, string])[] = [
    ['without files', formOf(fields), 'E_BAD_REQUEST'],
    ['of an unknown type', formOf({ type: 'invoice-of-nobody' }, image), 'E_BAD_REQUEST'],
    ['of a type in a file', formOf({ type: './schemas/receipt.ts' }, image), 'E_BAD_REQUEST'],
    ['of a type that every object has', formOf({ type: 'constructor' }, image), 'E_BAD_REQUEST'],
    ['of an unknown route', formOf({ route: 'best' }, image), 'E_BAD_REQUEST'],
    ['with an unknown field', formOf({ colour: 'red' }, image), 'E_BAD_REQUEST'],
    ['with a field of objects', formOf({ __proto__: 'x', constructor: 'x' }, image), 'E_BAD_REQUEST'],
    ['with an endless field', formOf({ type: 'x'.repeat(10_000) }, image), 'E_BAD_REQUEST'],
    [
      'with too large a file',
      formOf(fields, { name: 'a', bytes: new Uint8Array(1e6 + 1) }),
      'E_FILE_TOO_LARGE',
    ],
    ['with too many files', formOf(fields, ...Array<typeof image>(501).fill(image)), 'E_BAD_REQUEST'],
    ['to call back who is not named', formOf({ callback: 'http://127.0.0.1:9/' }, image), 'E_URL_BLOCKED'],
    ['to call back by other means', formOf({ callback: 'file:///etc/passwd' }, image), 'E_BAD_REQUEST'],
  ]
  test.each(refused)('%s', async (_, form, code) => {
    const before = await jobCount()
    expect(await codeOf(post('/v1/batches', form))).toBe(code)
    expect(await jobCount()).toBe(before)
    expect(await uploads()).toEqual([])
  })

  test('that is none', async () => {
    const send = (body: string, type: string) =>
      codeOf(at.send('/v1/batches', { method: 'POST', body, headers: { 'content-type': type } }, key))
    expect(await send('hello', 'multipart/form-data')).toBe('E_BAD_REQUEST')
    expect(await send('hello', 'multipart/form-data; boundary=x')).toBe('E_BAD_REQUEST')
    expect(await send('--x\r\nContent-Dispo', 'multipart/form-data; boundary=x')).toBe('E_BAD_REQUEST')
    expect(await uploads()).toEqual([])
  })

  test('that is cut off', async () => {
    const before = await jobCount()
    const head = [
      'POST /v1/batches HTTP/1.1',
      'Host: 127.0.0.1',
      `Authorization: Bearer ${key}`,
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 500000',
    ]
    const part = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    const socket = connect(Number(new URL(at.url).port), '127.0.0.1')
    socket.write(`${head.join('\r\n')}\r\n\r\n${part}${'a'.repeat(400_000)}`)
    await untilDone(async () => (await uploads()).length > 0)
    socket.destroy()
    await untilDone(async () => (await uploads()).length === 0)
    expect(await jobCount()).toBe(before)
  })
})

test('small files and large ones are kept as they came', async () => {
  const sizes = [1, 200_000, 262_144, 262_145, 900_000]
  const files = sizes.map((size, i) => ({ name: String(size), bytes: new Uint8Array(size).fill(i) }))
  const { jobs } = await submitted(formOf(fields, ...files))
  for (const [i, { id }] of jobs.entries()) {
    const { store, blobs } = at.service
    const { blob } = (await store.work((await store.get(id))!.key))!
    expect(Buffer.compare((await blobs.get(blob))!, files[i]!.bytes)).toBe(0)
  }
  expect(await uploads()).toEqual([])
})

test('file names are shown without paths and tricks', async () => {
  const names = [
    '../../etc/passwd',
    'C:\\scans\\a.jpg',
    'a\u202egpj.exe',
    `${'x'.repeat(10_000)}.jpg`,
    'Café 日本.png',
  ]
  const files = names.map((name, i) => ({ name, bytes: String(i) }))
  const { jobs } = await submitted(formOf(fields, ...files))
  expect(jobs.map(({ file }) => file)).toEqual([
    'passwd',
    'a.jpg',
    'a gpj.exe',
    `${'x'.repeat(195)}….jpg`,
    'Café 日本.png',
  ])
})

describe('a document whose submitter waits', () => {
  test('is answered with its row, and is not kept', async () => {
    const before = await jobCount()
    const result = await answerOf(
      post('/v1/extract', formOf(fields, { name: 'a.jpg', bytes: page })),
      200,
      resultAnswerSchema,
    )
    expect(result).toMatchObject({ file: 'a.jpg', documentType: 'receipt', error: null })
    expect(await jobCount()).toBe(before)
    expect(await uploads()).toEqual([])
  })

  test('is answered with what is wrong with it', async () => {
    const file = { name: 'a.jpg', bytes: 'a' }
    expect(await codeOf(post('/v1/extract', formOf(fields, file)))).toBe('E_NOT_IMAGE')
    expect(await codeOf(post('/v1/extract', formOf(fields, file, file)))).toBe('E_BAD_REQUEST')
    expect(await codeOf(post('/v1/extract', formOf(fields)))).toBe('E_BAD_REQUEST')
    const damaged = { name: 'a.jpg', bytes: page.subarray(0, page.length / 2) }
    expect(await codeOf(post('/v1/extract', formOf(fields, damaged)))).toBe('E_CORRUPT')
  })
})

test('whoever asked to be called is, when the last document has ended', async () => {
  const calls: [headers: IncomingHttpHeaders, body: string][] = []
  const hook = createServer((request, response) => {
    void text(request).then((body) => {
      calls.push([request.headers, body])
      response.end()
    })
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(hook.address() as AddressInfo).port}`
  const secret = Buffer.alloc(32, 's').toString('base64')
  try {
    const env = { PARALLAX_WEBHOOK_HOSTS: host, PARALLAX_WEBHOOK_SECRET: secret }
    await using calling = await openTestService({ env })
    const form = formOf({ ...fields, callback: `http://${host}/hook` }, { name: 'a.jpg', bytes: 'a' })
    const sent = calling.send('/v1/batches', { method: 'POST', body: form })
    const { id, jobs } = await answerOf(sent, 202, acceptedBatchSchema)
    await calling.send(`/v1/jobs/${jobs[0]!.id}/cancel`, { method: 'POST' })
    await untilDone(async () => calls.length > 0)
    const [headers, body] = calls[0]!
    const told = new Webhook(secret).verify(body, headers as Record<string, string>)
    expect(batchFinishedSchema.parse(told).data).toMatchObject({
      id,
      finished: true,
      counts: { cancelled: 1 },
    })
  } finally {
    hook.close()
  }
})

test('a batch has a name, a reference and metadata, which go with every result and find it again', async () => {
  const said = { name: 'March', reference: 'PO-77', metadata: { cost: { centre: 4400 } } }
  // Nobody has read it yet.
  const bytes = Buffer.concat([page, Buffer.from('said')])
  const form = (metadata: string) =>
    formOf({ ...fields, name: said.name, reference: said.reference, metadata }, { name: 'said.jpg', bytes })
  const { id, jobs } = await submitted(form(JSON.stringify(said.metadata)))
  const found = async (query: string) =>
    (await answerOf(at.send(`/v1/batches?${query}`, {}, key), 200, batchPageSchema)).items.map(
      (batch) => batch.id,
    )
  for (const search of ['march', 'po-7', 'centre', 'SAID.', id])
    expect(await found(`search=${search}`)).toEqual([id])
  expect(await found('search=nothing')).toEqual([])
  expect(await found('search=march&status=reviewed')).toEqual([])
  expect(await found('search=march&status=queued')).toEqual([id])
  expect(await answerOf(at.send(`/v1/batches/${id}`, {}, key), 200, batchSchema)).toMatchObject(said)
  const list = await answerOf(at.send('/v1/jobs?search=said&summary=true', {}, key), 200, jobPageSchema)
  expect(list.items).toMatchObject([{ id: jobs[0]!.id, summary: null }])
  const deep = JSON.stringify({ a: { b: { c: { d: 1 } } } })
  for (const metadata of ['[1]', 'x', deep, '{"__proto__":1}', JSON.stringify({ a: Array(60).fill(1) })])
    expect(await codeOf(post('/v1/batches', form(metadata)))).toBe('E_BAD_REQUEST')
  expect(await answerOf(at.send('/v1/limits', {}, key), 200, limitsSchema)).toMatchObject({ fileBytes: 1e6 })
  await at.service.store.cancel(jobs[0]!.id)
})
