import { createServer, type Server } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'libsql'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchFinishedSchema } from '../../contract/jobs.ts'
import type { Ledger } from '../../core/ledger.ts'
import { sampleResult } from '../../stores/samples.case.ts'
import { openSqliteLedger } from '../../stores/sqlite.ts'
import { toToldBatch } from '../submitting/answers.ts'
import { parseWebhookHosts } from './callback-hosts.ts'
import { runCallbacks } from './run-callbacks.ts'

const secret = `whsec_${Buffer.alloc(32, 'secret').toString('base64')}`

interface Call {
  readonly headers: Record<string, string>
  readonly body: string
}

let folder: string
let store: Ledger
let server: Server
let host: string
/** What the server answers next, and then for ever. */
let answers: [status: number, headers?: Record<string, string>][]
let calls: Call[]
let troubles: unknown[]
let failures: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callbacks-'))
  store = await openSqliteLedger(join(folder, 'ledger.sqlite'))
  calls = []
  answers = [[204]]
  troubles = []
  failures = []
  server = createServer((request, response) => {
    void text(request).then((body) => {
      calls.push({ headers: request.headers as Record<string, string>, body })
      const [status, headers = {}] = answers.length > 1 ? answers.shift()! : answers[0]!
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  expect(troubles).toEqual([])
  server.close()
  await store.close()
  await rm(folder, { recursive: true })
})

const work = {
  key: 'k',
  blob: 'b'.repeat(64),
  type: { name: 'receipt', file: null, hash: 'h' },
  route: 'modular',
  ocr: 'tesseract',
  vlm: 'onnx',
  pipeline: 'p',
  templates: null,
} as const

const submitBatch = async (callback: string, batch = 'batch', key = 'k'): Promise<void> => {
  await store.openBatch(batch, { tenant: 'a', callback, request: null })
  await store.submit(batch, 0, 'a.jpg', { ...work, key })
}

async function finish(key = 'k'): Promise<void> {
  const { token } = (await store.lease(key))!
  await store.finish(key, token, 'accepted', sampleResult())
}

const run = (hosts = [host], waitsMs = [10, 10, 10, 10]) =>
  runCallbacks({
    store: store.callbacks,
    hosts: parseWebhookHosts(hosts.join()),
    secret,
    answerOf: ({ batch }) => toToldBatch(store, batch),
    onFailure: (sentence) => failures.push(sentence),
    onError: (error) => troubles.push(error),
    timing: { everyMs: 5, timeoutMs: 5_000, waitsMs },
  })

interface Kept {
  readonly callback_settled_at: string | null
  readonly callback_failure: string | null
}

/** How telling ended: null when they were told, the reason when it was given up, undefined before. */
function outcome(): string | null | undefined {
  const database = new Database(join(folder, 'ledger.sqlite'))
  const { callback_settled_at: at, callback_failure: why } = database
    .prepare('select * from batches')
    .get() as Kept
  database.close()
  return at === null ? undefined : why
}

const settled = (): boolean => outcome() !== undefined

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5)
}

test('a batch is told once, at its end, signed so that whoever is told can tell', async () => {
  await submitBatch(`http://${host}/hook`)
  await using _ = run()
  await delay(50)
  expect(calls).toEqual([])
  await finish()
  await until(() => calls.length > 0)
  const [{ headers, body }] = calls as [Call]
  expect(() => new Webhook(secret).verify(body, headers)).not.toThrow()
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow()
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'batch' })
  const told = batchFinishedSchema.parse(JSON.parse(body))
  expect(told.data).toMatchObject({ id: 'batch', total: 1, finished: true, counts: { accepted: 1 } })
  await until(settled)
  expect(outcome()).toBeNull()
  expect(calls).toHaveLength(1)
})

test('who cannot be reached is tried again, under the same id, until they answer', async () => {
  answers = [[500], [429], [204]]
  await submitBatch(`http://${host}/hook`)
  await finish()
  await using _ = run()
  await until(settled)
  expect(calls).toHaveLength(3)
  expect(new Set(calls.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['batch']))
})

test('who never answers is given up after as many tries as there are waits, and one', async () => {
  answers = [[500]]
  await submitBatch(`http://${host}/hook`)
  await finish()
  await using _ = run([host], [5, 5])
  await until(settled)
  expect(calls).toHaveLength(3)
  expect(outcome()).toBe('it answered 500')
  const failed = `Batch batch could not be told to ${host}: it answered 500`
  const again = `${failed}; it is tried again.`
  expect(failures).toEqual([again, again, `${failed}; it is given up.`])
})

test('nobody is followed to elsewhere', async () => {
  answers = [[307, { location: `http://${host}/elsewhere` }]]
  await submitBatch(`http://${host}/hook`)
  await finish()
  await using _ = run([host], [])
  await until(settled)
  expect(calls).toHaveLength(1)
  expect(outcome()).toBe('it answered 307')
})

test('a host that may no longer be called is not', async () => {
  await submitBatch(`http://${host}/hook`)
  await finish()
  await using _ = run(['other.example'])
  await until(settled)
  expect(calls).toEqual([])
  expect(outcome()).toMatch(/may not call/)
})

test('a host that does not answer keeps no other from being told, and is called a few times at once', async () => {
  let open = 0
  const silent = createServer(() => void open++)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const slow = `127.0.0.1:${(silent.address() as AddressInfo).port}`
  try {
    for (let n = 0; n < 30; n++) {
      await submitBatch(`http://${slow}/`, `slow ${n}`, `slow ${n}`)
      await finish(`slow ${n}`)
    }
    await using _ = run([host, slow])
    await until(() => open > 0)
    await submitBatch(`http://${host}/hook`)
    await finish()
    await until(() => calls.length > 0)
    await until(() => open > 3)
    expect(open).toBe(4)
  } finally {
    silent.closeAllConnections()
    silent.close()
  }
})

test('many batches of one host are all told', async () => {
  for (let n = 0; n < 30; n++) {
    await submitBatch(`http://${host}/hook`, `batch ${n}`, `key ${n}`)
    await finish(`key ${n}`)
  }
  await using _ = run()
  await until(() => calls.length === 30)
  expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(30)
})
