import { Queue, UnrecoverableError, Worker, type Job, type JobsOptions, type JobType } from 'bullmq'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { ParallaxError } from '../core/errors.ts'
import type { JobQueue, QueueContents } from '../core/job-queue.ts'
import { leaseMs } from '../core/jobs.ts'
import { catalog, type JobName, type JobPayloads } from './catalog.ts'
import { redisClient, type RedisAddress } from './redis.ts'

export interface QueueOptions {
  /** Under which all keys in Redis stand; default `parallax`. */
  readonly prefix?: string
}

export interface SenderOptions extends QueueOptions {
  /** Told whenever Redis is there (again). */
  readonly onReady?: () => void
}

export interface WorkerOptions extends QueueOptions {
  /** Jobs at the same time. */
  readonly concurrency: number
  /** Told of lost connections and of jobs that failed. */
  readonly onError: (error: Error) => void
}

export interface JobWorker {
  /** Takes no more jobs and waits for those in hand. */
  close(): Promise<void>
}

/** Does one job; `isLast` when a fault will not make it run again. */
export type JobHandler<N extends JobName> = (payload: JobPayloads[N], isLast: boolean) => Promise<void>

const defaultPrefix = 'parallax'
const timeoutMs = 2_000
const retryStrategy = (times: number): number => Math.min(times * 100, 1_000)

/** The queues as those see them who give out work. */
export interface OpenJobQueue extends JobQueue<JobName, JobPayloads> {
  /** Workers, in any process, that take jobs of this kind; E_QUEUE_DOWN when Redis is away. */
  countWorkers(name: JobName): Promise<number>
}

/** Adds jobs by key; one that waits or runs is not added twice. Refuses with E_QUEUE_DOWN within two seconds when Redis is away. */
export function createQueue(
  address: RedisAddress,
  { prefix = defaultPrefix, onReady = () => {} }: SenderOptions = {},
): OpenJobQueue {
  const client = redisClient(address, { enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy })
  client.setMaxListeners(0)
  client.on('ready', onReady)
  const open = (name: JobName): Queue =>
    new Queue(name, { connection: client, prefix }).on('error', toldByCall)
  const queues = { extract: open('extract'), reprocess: open('reprocess') } satisfies Record<JobName, Queue>
  return {
    async enqueue(name, payload, rank = 0) {
      const parsed = catalog[name].payload.parse(payload)
      const options = { ...jobOptions(name, parsed.key), priority: rank }
      await orQueueDown(whenReady(client, () => queues[name].add(name, parsed, options)))
    },
    contents: (name) => orQueueDown(whenReady(client, () => contentsOf(queues[name], name))),
    countWorkers: (name) => orQueueDown(whenReady(client, () => queues[name].getWorkersCount())),
    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()))
      client.disconnect()
    },
  }
}

/** Lost connections surface in the calls that they fail. */
const toldByCall = (): void => {}

/** Jobs are removed at their end: the id of one that is kept could never be added again. */
function jobOptions(name: JobName, key: string): JobsOptions {
  const { attempts, backoffMs } = catalog[name]
  return {
    jobId: `${name}-${encodeURIComponent(key)}`,
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: true,
    removeOnFail: true,
  }
}

async function contentsOf(queue: Queue, name: JobName): Promise<QueueContents> {
  const keysOf = async (states: JobType[]): Promise<string[]> => {
    const jobs = (await queue.getJobs(states)) as readonly (Job<unknown> | undefined)[]
    return jobs.flatMap((job) => catalog[name].payload.safeParse(job?.data).data?.key ?? [])
  }
  return { waiting: await keysOf(['wait', 'prioritized']), taken: await keysOf(['active', 'delayed']) }
}

async function whenReady<T>(client: Redis, use: () => Promise<T>): Promise<T> {
  if (client.status !== 'ready') await once(client, 'ready')
  return use()
}

async function orQueueDown<T>(asking: Promise<T>): Promise<T> {
  const answered = new AbortController()
  const late = delay(timeoutMs, undefined, { signal: answered.signal }).then((): never => {
    throw new Error(`no answer for ${timeoutMs} ms`)
  })
  try {
    return await Promise.race([asking, late])
  } catch (cause) {
    throw new ParallaxError('E_QUEUE_DOWN', 'The job queue (Redis) does not answer. Try again in a moment.', {
      cause,
    })
  } finally {
    answered.abort()
  }
}

/**
 * Hands the payloads of one kind of job to `handler`. A ParallaxError whose remedy is `retry` runs the job again after
 * its backoff; any other error ends it. A job may run twice, also at the same time: the ledger's tokens tell which counts.
 */
export function createWorker<N extends JobName>(
  address: RedisAddress,
  name: N,
  handler: JobHandler<N>,
  { prefix = defaultPrefix, concurrency, onError }: WorkerOptions,
): JobWorker {
  let closed = false
  const client = redisClient(address, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (closed ? null : retryStrategy(times)),
  })
  const inHand = new Set<Promise<void>>()
  const process = (job: Job<unknown>): Promise<void> => tracked(inHand, run(job, name, handler))
  const worker = new Worker(name, process, {
    connection: client,
    prefix,
    concurrency,
    lockDuration: leaseMs,
    stalledInterval: leaseMs / 4,
    maxStalledCount: 5,
  })
  worker.on('error', (cause) => onError(faultOfRedis(cause)))
  worker.on('failed', (_, error) => onError(error))
  return {
    async close() {
      const ended = worker.close().then(() => true)
      // BullMQ would wait for a Redis that is away until it is back.
      const givenUp = Promise.allSettled(inHand).then(() => delay(timeoutMs, false, { ref: false }))
      const isEnded = await Promise.race([ended, givenUp])
      closed = true
      if (isEnded) client.disconnect()
      else void worker.disconnect().catch(onError)
    },
  }
}

const faultOfRedis = (cause: Error): ParallaxError =>
  new ParallaxError(
    'E_QUEUE_DOWN',
    `The job queue (Redis) failed: ${cause.message}. The work goes on when it is back.`,
    { cause },
  )

function tracked<T>(set: Set<Promise<T>>, promise: Promise<T>): Promise<T> {
  set.add(promise)
  const forget = (): void => void set.delete(promise)
  promise.then(forget, forget)
  return promise
}

async function run<N extends JobName>(job: Job<unknown>, name: N, handler: JobHandler<N>): Promise<void> {
  const payload = catalog[name].payload.safeParse(job.data)
  if (!payload.success) throw new UnrecoverableError(`The payload of job ${job.id} is damaged.`)
  try {
    await handler(payload.data, job.attemptsMade + 1 >= (job.opts.attempts ?? 1))
  } catch (error) {
    if (error instanceof ParallaxError && error.remedy === 'retry') throw error
    throw new UnrecoverableError(error instanceof Error ? error.message : String(error))
  }
}
