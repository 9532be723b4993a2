import { Queue } from 'bullmq'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { ParallaxError } from '../core/errors.ts'
import { createQueue, createWorker, type JobHandler, type JobWorker } from './bullmq.ts'
import type { JobName } from './catalog.ts'
import { openPrivateRedis } from './private-redis.ts'
import { connectOnce, type OpenRedis } from './redis.ts'
import { eventually } from './test-process.case.ts'

let home: string
let redis: OpenRedis
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parallax-queue-'))
  redis = await openPrivateRedis({ home })
})
afterAll(async () => {
  await redis.close()
  await rm(home, { recursive: true })
})

let queue: ReturnType<typeof createQueue>
let workers: JobWorker[]
let errors: Error[]
beforeEach(() => {
  queue = createQueue(redis.address)
  workers = []
  errors = []
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.close()))
  await queue.close()
  const client = await connectOnce(redis.address, {})
  await client.flushall()
  client.disconnect()
})

function work<N extends JobName>(name: N, handler: JobHandler<N>): JobWorker {
  const worker = createWorker(redis.address, name, handler, {
    concurrency: 4,
    onError: (error) => errors.push(error),
  })
  workers.push(worker)
  return worker
}

function fail(error: Error): never {
  throw error
}

/** A promise to be kept by hand. */
function gate() {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open: () => open(), opened }
}

async function peek<T>(name: JobName, look: (queue: Queue) => Promise<T>): Promise<T> {
  const client = await connectOnce(redis.address, { maxRetriesPerRequest: null })
  const raw = new Queue(name, { connection: client, prefix: 'parallax' })
  try {
    return await look(raw)
  } finally {
    await raw.close()
    client.disconnect()
  }
}

test('hands each key to the worker of its kind', async () => {
  const extracted: string[] = []
  const reprocessed: string[] = []
  work('extract', async ({ key }) => void extracted.push(key))
  work('reprocess', async ({ key }) => void reprocessed.push(key))
  await Promise.all(['a', 'b:c', '17'].map((key) => queue.enqueue('extract', { key })))
  await queue.enqueue('reprocess', { key: 'a' })
  await eventually(async () => extracted.length === 3 && reprocessed.length === 1)
  expect(extracted.sort()).toEqual(['17', 'a', 'b:c'])
  expect(reprocessed).toEqual(['a'])
})

test('does not add a key that waits', async () => {
  await queue.enqueue('extract', { key: 'k' })
  await queue.enqueue('extract', { key: 'k' })
  expect(await peek('extract', (raw) => raw.getWaitingCount())).toBe(1)
})

test('does not add a key that runs, and adds it again once it has ended', async () => {
  const { open, opened } = gate()
  let runs = 0
  work('extract', async () => {
    runs++
    await opened
  })
  await queue.enqueue('extract', { key: 'k' })
  await eventually(async () => runs === 1)
  await queue.enqueue('extract', { key: 'k' })
  expect(await peek('extract', (raw) => raw.getJobCounts('wait', 'active'))).toEqual({ wait: 0, active: 1 })
  open()
  await eventually(async () => (await peek('extract', (raw) => raw.count())) === 0 && runs === 1)
  await eventually(async () => {
    await queue.enqueue('extract', { key: 'k' })
    return runs === 2
  })
})

test('runs a job again after a passing fault', async () => {
  let runs = 0
  work('extract', async () => {
    if (++runs === 1) throw new ParallaxError('E_STORAGE', 'The disk is full.')
  })
  await queue.enqueue('extract', { key: 'k' })
  await eventually(async () => runs === 2)
  expect(errors.map((error) => error.message)).toEqual(['The disk is full.'])
})

test('is told which time is the last', async () => {
  const told: boolean[] = []
  work('extract', async (_, isLast) => {
    told.push(isLast)
    throw new ParallaxError('E_STORAGE', 'The disk is full.')
  })
  const options = { attempts: 3, backoff: { type: 'fixed', delay: 10 }, removeOnFail: true }
  await peek('extract', (raw) => raw.add('extract', { key: 'k' }, options))
  await eventually(async () => errors.length === 3)
  expect(told).toEqual([false, false, true])
})

test.each([new ParallaxError('E_CORRUPT', 'The image is damaged.'), new TypeError('a mistake')])(
  'ends a job whose error would be the same again, and can add its key again: %s',
  async (error) => {
    let runs = 0
    work('extract', async () => {
      runs++
      throw error
    })
    await queue.enqueue('extract', { key: 'k' })
    await eventually(async () => errors.length === 1)
    expect(errors[0]?.message).toBe(error.message)
    expect(await peek('extract', (raw) => raw.getJobCounts())).toMatchObject({
      delayed: 0,
      failed: 0,
      waiting: 0,
    })
    expect(runs).toBe(1)
    await queue.enqueue('extract', { key: 'k' })
    await eventually(async () => runs === 2)
  },
)

test('does not hand over a payload of another shape', async () => {
  let runs = 0
  await peek('extract', (raw) => raw.add('extract', { kee: 1 }, { removeOnFail: true }))
  work('extract', async () => void runs++)
  await eventually(async () => errors.length === 1)
  expect(errors[0]?.message).toContain('payload')
  expect(runs).toBe(0)
})

test('a closing worker ends what it has in hand and takes no more', async () => {
  const { open, opened } = gate()
  const started: string[] = []
  const ended: string[] = []
  const worker = createWorker(
    redis.address,
    'extract',
    async ({ key }) => {
      started.push(key)
      await opened
      ended.push(key)
    },
    { concurrency: 1, onError: (error) => errors.push(error) },
  )
  await queue.enqueue('extract', { key: 'first' })
  await queue.enqueue('extract', { key: 'second' })
  await eventually(async () => started.length === 1)
  const closed = worker.close()
  open()
  await closed
  expect([started, ended]).toEqual([['first'], ['first']])
  expect(await peek('extract', (raw) => raw.getWaitingCount())).toBe(1)
})

test('prefixes keep queues apart', async () => {
  const other = createQueue(redis.address, { prefix: 'other' })
  await other.enqueue('extract', { key: 'k' })
  expect(await peek('extract', (raw) => raw.getWaitingCount())).toBe(0)
  await other.close()
})

test('workers of two prefixes on one Redis leave each other their keys', async () => {
  const taken: string[] = []
  const open = ['one', 'two'].map((prefix) => {
    const handler: JobHandler<'extract'> = async ({ key }) => void taken.push(`${prefix} ${key}`)
    workers.push(createWorker(redis.address, 'extract', handler, { prefix, concurrency: 1, onError: fail }))
    return createQueue(redis.address, { prefix })
  })
  await Promise.all(open.map((own, i) => own.enqueue('extract', { key: `of ${i + 1}` })))
  await Promise.all(open.map((own) => own.enqueue('extract', { key: 'of both' })))
  await eventually(async () => taken.length === 4)
  expect(taken.sort()).toEqual(['one of 1', 'one of both', 'two of 2', 'two of both'])
  await Promise.all(open.map((own) => own.close()))
})

test('refuses when Redis never was there', async () => {
  const away = createQueue({ socket: join(home, 'nobody.sock') })
  await expect(away.enqueue('extract', { key: 'k' })).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' })
  await away.close()
})

test('refuses when Redis hangs, and works when it goes on', async () => {
  await queue.enqueue('extract', { key: 'before' })
  const pid = Number(await readFile(join(home, 'redis', 'redis.pid'), 'utf8'))
  process.kill(pid, 'SIGSTOP')
  await expect(queue.enqueue('extract', { key: 'k' })).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' })
  process.kill(pid, 'SIGCONT')
  await queue.enqueue('extract', { key: 'after' })
})

test('closes when Redis is away, after what is in hand', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parallax-queue-'))
  const own = await openPrivateRedis({ home: folder })
  const ownQueue = createQueue(own.address)
  const { open, opened } = gate()
  let state = 'waiting'
  const worker = createWorker(
    own.address,
    'extract',
    async () => {
      state = 'started'
      await opened
      state = 'ended'
    },
    { concurrency: 1, onError: (error) => errors.push(error) },
  )
  await ownQueue.enqueue('extract', { key: 'k' })
  await eventually(async () => state === 'started')
  await own.close()
  await eventually(async () => errors.length > 0)
  expect(errors[0]).toMatchObject({ code: 'E_QUEUE_DOWN', message: expect.stringContaining('Redis') })
  const closed = worker.close()
  open()
  await closed
  expect(state).toBe('ended')
  await ownQueue.close()
  await rm(folder, { recursive: true })
})
