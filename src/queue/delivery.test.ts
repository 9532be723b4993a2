import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobStore } from '../core/jobs.ts'
import { sampleWork } from '../stores/samples.case.ts'
import { openSqliteLedger } from '../stores/sqlite.ts'
import { createQueue } from './bullmq.ts'
import { startDispatcher, type Dispatcher } from './dispatcher.ts'
import { openPrivateRedis } from './private-redis.ts'
import { connectOnce, type OpenRedis } from './redis.ts'
import { eventually, startTestProcess, type TestProcess } from './test-process.case.ts'

let home: string
let redis: OpenRedis
let store: JobStore
let queue: ReturnType<typeof createQueue>
let dispatcher: Dispatcher
let workers: TestProcess[]

const ledger = () => join(home, 'ledger.sqlite')
const enqueue = (key: string, rank?: number) => queue.enqueue('extract', { key }, rank)

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'parallax-delivery-'))
  redis = await openPrivateRedis({ home })
  store = await openSqliteLedger(ledger())
  await store.openBatch('b')
  queue = createQueue(redis.address, { onReady: () => dispatcher?.startOver() })
  const extracts = { enqueue, contents: () => queue.contents('extract') }
  // Redis is killed under it: a look that fails is what these tests are about.
  dispatcher = startDispatcher(store, extracts, {
    room: 8,
    everyMs: 100,
    againAfterMs: 1_000,
    onError: () => {},
  })
  workers = []
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.end()))
  await dispatcher.stop()
  await queue.close()
  await store.close()
  await redis.close()
  await rm(home, { recursive: true })
})

async function startWorker(name: string, workMs: number): Promise<TestProcess> {
  const { socket } = redis.address as { socket: string }
  const worker = startTestProcess('worker.child.ts', ledger(), socket, name, String(workMs))
  workers.push(worker)
  expect(await worker.line()).toBe('ready')
  return worker
}

async function submit(count: number): Promise<void> {
  for (let position = 0; position < count; position++) {
    await store.submit('b', position, `${position}.png`, sampleWork(`k${position}`))
  }
  dispatcher.wake()
}

const accepted = async (count: number) => (await store.counts()).accepted === count

test('two workers do every key once', async () => {
  await startWorker('one', 5)
  await startWorker('two', 5)
  await submit(40)
  await eventually(() => accepted(40))
})

test('the work of a killed worker is done by another', async () => {
  const doomed = await startWorker('doomed', 600_000)
  await submit(1)
  expect(await doomed.line()).toBe('claimed k0')
  await doomed.kill()
  await startWorker('heir', 0)
  await eventually(() => accepted(1))
  expect((await store.result('k0'))?.reason).toBe('heir')
})

test('a worker that was taken for dead cannot store its result', async () => {
  const late = await startWorker('late', 1_000)
  await submit(1)
  expect(await late.line()).toBe('claimed k0')
  late.child.kill('SIGSTOP')
  await startWorker('heir', 0)
  await eventually(() => accepted(1))
  late.child.kill('SIGCONT')
  expect(await late.line()).toBe('refused k0')
  expect((await store.result('k0'))?.reason).toBe('heir')
})

test('keys that Redis has forgotten are added again', async () => {
  await startWorker('one', 20)
  await submit(40)
  const client = await connectOnce(redis.address, {})
  await client.flushall()
  client.disconnect()
  await eventually(() => accepted(40))
})

test('a killed Redis comes back and the work goes on', async () => {
  await startWorker('one', 20)
  await startWorker('two', 20)
  await submit(60)
  for (let kills = 0; kills < 2; kills++) {
    const pid = Number(await readFile(join(home, 'redis', 'redis.pid'), 'utf8'))
    process.kill(pid, 'SIGKILL')
    await eventually(() =>
      enqueue('k0').then(
        () => true,
        () => false,
      ),
    )
  }
  await eventually(() => accepted(60))
})

test('what was submitted while Redis was away is done when it is back', async () => {
  await startWorker('one', 0)
  await redis.close()
  await submit(1)
  await expect(enqueue('k0')).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' })
  redis = await openPrivateRedis({ home })
  await eventually(() => accepted(1))
})
