import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'libsql'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readinessSchema } from '../contract/common.ts'
import { acceptedBatchSchema, batchSchema, jobSchema } from '../contract/jobs.ts'
import { createAdmission } from '../service/submitting/admission.ts'
import { answerOf, codeOf, formOf, openTestService, type TestService } from './service.case.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const form = (bytes = 'no image') => formOf({ type: 'receipt', route: 'modular' }, { name: 'a.jpg', bytes })
const post = (at: TestService, body = form()) => at.send('/v1/batches', { method: 'POST', body })
const ready = (at: TestService, status: number) => answerOf(at.send('/v1/ready'), status, readinessSchema)

let at: TestService
beforeAll(async () => void (at = await openTestService()))
afterAll(() => at[Symbol.asyncDispose]())

test('a service whose ledger is gone takes nothing on and says so, until it is back', async () => {
  const [file, elsewhere] = [join(at.home, 'ledger.sqlite'), join(at.home, 'moved')]
  await rename(file, elsewhere)
  expect(await codeOf(post(at))).toBe('E_STORAGE')
  const refused = await post(at)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(await refused.text()).not.toContain(at.home)
  const { checks } = await ready(at, 503)
  expect(checks.storage).toEqual({ ok: false, message: 'The storage is away.' })
  await rename(elsewhere, file)
  expect((await post(at)).status).toBe(202)
})

test('a ledger that somebody else keeps busy is a storage that is away, not a submission that is lost', async () => {
  expect((await post(at, form('one'))).status).toBe(202)
  const other = new Database(join(at.home, 'ledger.sqlite'))
  other.exec('begin immediate')
  try {
    expect(await codeOf(post(at, form('two')))).toBe('E_STORAGE')
  } finally {
    other.exec('rollback')
    other.close()
  }
  expect((await post(at, form('two'))).status).toBe(202)
})

test('a service takes no more than may wait, and asks to come back', async () => {
  await using small = await openTestService({ env: { PARALLAX_MAX_QUEUED: '1' } })
  const { jobs } = await answerOf(post(small), 202, acceptedBatchSchema)
  let refused = await post(small)
  // What waits is counted once a second.
  for (; refused.status === 202; refused = await post(small)) await delay(100)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(await codeOf(Promise.resolve(refused))).toBe('E_BUSY')
  for (const { id } of await small.service.store.list({})) await small.service.store.cancel(id)
  for (refused = await post(small); refused.status === 429; refused = await post(small)) await delay(100)
  expect(refused.status).toBe(202)
  expect((await small.send(`/v1/jobs/${jobs[0]!.id}`)).status).toBe(200)
})

test('a service whose disk is nearly full takes no more on', async () => {
  await using full = await openTestService({
    change: ({ home, store, limits }) => ({
      admission: createAdmission(
        store,
        { folders: [home], requireThere: async () => {} },
        { ...limits, freeBytes: Infinity },
      ),
    }),
  })
  expect(await codeOf(post(full))).toBe('E_BUSY')
})

test('somebody who waits for too long a document is told to submit it', async () => {
  const page = new Uint8Array(10)
  await using at = await openTestService({
    change: ({ limits }) => ({ limits: { ...limits, extractMs: 1 } }),
  })
  const body = formOf({ route: 'modular' }, { name: 'a.jpg', bytes: page })
  expect(await codeOf(at.send('/v1/extract', { method: 'POST', body }))).toBe('E_TIMEOUT')
  await using busy = await openTestService({
    change: ({ limits }) => ({ limits: { ...limits, extractions: 0 } }),
  })
  expect(await codeOf(busy.send('/v1/extract', { method: 'POST', body }))).toBe('E_BUSY')
})

/** Has the private Redis stand still meanwhile. */
async function withoutRedis<T>({ home }: TestService, use: () => Promise<T>): Promise<T> {
  const pid = Number(await readFile(join(home, 'redis', 'redis.pid'), 'utf8'))
  process.kill(pid, 'SIGSTOP')
  try {
    return await use()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

test('while Redis is away, what is submitted is safe, and read when it is back', async () => {
  await using worker = await at.work()
  void worker
  while ((await at.send('/v1/ready')).status !== 200) await delay(50)
  const batch = await withoutRedis(at, async () => {
    // Nothing that an earlier test has submitted, and the worker may have in hand.
    const accepted = await answerOf(post(at, form('three')), 202, acceptedBatchSchema)
    const { checks } = await ready(at, 503)
    expect(checks.queue.ok).toBe(false)
    expect(checks.storage.ok).toBe(true)
    const { status } = await answerOf(at.send(`/v1/jobs/${accepted.jobs[0]!.id}`), 200, jobSchema)
    expect(status).toBe('queued')
    return accepted
  })
  let look = await answerOf(at.send(`/v1/batches/${batch.id}`), 200, batchSchema)
  for (; !look.finished; look = await answerOf(at.send(`/v1/batches/${batch.id}`), 200, batchSchema))
    await delay(100)
  expect(look.counts.failed).toBe(1)
})
