import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { createPool, type Pool } from './compute/pool.ts'
import type { Config } from './config.ts'
import type { BlobStore, JobStore } from './core/jobs.ts'
import { createQueue, createWorker, type JobWorker } from './queue/bullmq.ts'
import { openRedis } from './queue/open-redis.ts'
import type { RedisAddress } from './queue/redis.ts'
import { startReconciler } from './queue/reconciler.ts'
import { modularPolicy } from './routing/modular-policy.ts'
import type { Reader } from './service/read-document.ts'
import { runWork } from './service/run-work.ts'
import type { Submitter } from './service/submit.ts'
import { fileBlobs } from './stores/file-blobs.ts'
import { openSqliteLedger } from './stores/sqlite.ts'

/** Sources run as .ts, the published package as .js. */
const extension = extname(import.meta.url)
export const entryOf = (name: string): URL => new URL(`../workers/${name}${extension}`, import.meta.url)

const packageFile = extension === '.ts' ? '../package.json' : '../../package.json'
export const version = (createRequire(import.meta.url)(packageFile) as { version: string }).version

export interface Extraction extends AsyncDisposable {
  readonly pool: Pool
  readonly reader: Reader
}

/** Reading in this process's own children: no queue, no data folder. */
export function openExtraction(config: Config): Extraction {
  const pool = createPool({
    entry: entryOf('extraction-child'),
    size: config.concurrency,
    deadlineMs: config.pageMs,
    memoryLimitMb: config.memoryMb,
    env: config.childEnv,
  })
  const run: Reader['run'] = (task, payload, options) => pool.run(task, payload, options)
  return {
    pool,
    reader: { run, policy: modularPolicy, ocr: config.ocr, pageMs: config.pageMs },
    [Symbol.asyncDispose]: () => pool.close(),
  }
}

export interface Records extends AsyncDisposable {
  readonly store: JobStore
  readonly blobs: BlobStore
}

/** The ledger and the blobs of the data folder; no queue. */
export async function openRecords(config: Config): Promise<Records> {
  const store = await openSqliteLedger(join(config.home, 'ledger.sqlite'))
  const blobs = fileBlobs(join(config.home, 'blobs'))
  return { store, blobs, [Symbol.asyncDispose]: () => store.close() }
}

export interface OpenQueue extends AsyncDisposable {
  readonly address: RedisAddress
  readonly warnings: readonly string[]
}

/** The Redis of the configuration: a private one unless a URL is set. */
export async function openQueue(config: Config): Promise<OpenQueue> {
  const { address, warnings, close } = await openRedis({ home: config.home, url: config.redisUrl })
  return { address, warnings, [Symbol.asyncDispose]: close }
}

export interface Jobs extends Records {
  readonly submitter: Submitter
  readonly warnings: readonly string[]
}

/** Records and the queue: what submitting needs. `pipeline` is part of every key: see `describe`. */
export async function openJobs(config: Config, pipeline: string): Promise<Jobs> {
  const redis = await openQueue(config)
  const records = await openRecords(config)
  const queue = createQueue(redis.address)
  const enqueue = (key: string): Promise<void> => queue.enqueue('extract', { key })
  return {
    ...records,
    warnings: redis.warnings,
    submitter: { ...records, enqueue, pipeline: `parallax@${version}+${pipeline}` },
    async [Symbol.asyncDispose]() {
      await queue.close()
      await records[Symbol.asyncDispose]()
      await redis[Symbol.asyncDispose]()
    },
  }
}

/** Takes work from the queue until it is disposed of; work in hand is finished first. */
export async function openWorker(config: Config, report: (error: unknown) => void): Promise<AsyncDisposable> {
  const redis = await openQueue(config)
  const records = await openRecords(config)
  const extraction = openExtraction(config)
  const queue = createQueue(redis.address)
  const runner = { ...records, reader: extraction.reader }
  const worker: JobWorker = createWorker(redis.address, 'extract', ({ key }) => runWork(runner, key), {
    concurrency: config.concurrency,
    onError: report,
  })
  const enqueue = (key: string): Promise<void> => queue.enqueue('extract', { key })
  const reconciler = startReconciler(records.store, enqueue, { everyMs: 2000, onError: report })
  return {
    async [Symbol.asyncDispose]() {
      await reconciler.stop()
      await worker.close()
      await extraction[Symbol.asyncDispose]()
      await queue.close()
      await records[Symbol.asyncDispose]()
      await redis[Symbol.asyncDispose]()
    },
  }
}
