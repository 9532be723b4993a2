import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createPool, type Pool } from './compute/pool.ts'
import type { Config } from './config.ts'
import type { BlobStore, JobStore } from './core/jobs.ts'
import type { JobName } from './queue/catalog.ts'
import { queuePrefix } from './queue/queue-prefix.ts'
import type { RedisAddress } from './queue/redis.ts'
import { startReconciler } from './queue/reconciler.ts'
import { routePlans } from './routing/routes.ts'
import type { Reader } from './service/read-document.ts'
import { pipelineText } from './service/pipeline.ts'
import { runWork } from './service/run-work.ts'
import { announce, type Submitter } from './service/submit.ts'
import { fileBlobs } from './stores/file-blobs.ts'

// Reading a page needs neither Redis nor SQLite, which take longer to load than all the rest.
const loadBullmq = () => import('./queue/bullmq.ts')
const loadRedis = () => import('./queue/open-redis.ts')
const loadSqlite = () => import('./stores/sqlite.ts')

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
    reader: { run, plans: routePlans, ocr: config.ocr, vlm: config.vlm, pageMs: config.pageMs },
    [Symbol.asyncDispose]: () => pool.close(),
  }
}

export interface Records extends AsyncDisposable {
  readonly store: JobStore
  readonly blobs: BlobStore
}

/** The ledger and the blobs of the data folder; no queue. */
export async function openRecords(config: Config): Promise<Records> {
  const { openSqliteLedger } = await loadSqlite()
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
  const { openRedis } = await loadRedis()
  const { address, warnings, close } = await openRedis({ home: config.home, url: config.redisUrl })
  return { address, warnings, [Symbol.asyncDispose]: close }
}

export interface Jobs extends Records {
  readonly submitter: Submitter
  readonly warnings: readonly string[]
}

/** Records and the queue: what submitting needs. `engines` are those of `describe`, and part of every key. */
export const openJobs = (config: Config, engines: string): Promise<Jobs> =>
  openAll(async (use) => {
    const records = use(await openRecords(config))
    const { address, warnings } = use(await openQueue(config))
    const sender = use(await openSender(config, address))
    const enqueue = (key: string): Promise<void> => sender.enqueue('extract', key)
    const { ocr, vlm } = config
    const pipeline = pipelineText(version, engines)
    const submitter = { ...records, enqueue, ocr, vlm: vlm.name, pipeline }
    return { ...records, warnings, submitter }
  })

/** Work in hand when a worker stops is given back after this. */
const graceMs = 5_000

/** Takes work from the queue until it is disposed of; work in hand is finished first, or given back when that takes long. */
export const openWorker = (config: Config, report: (error: unknown) => void): Promise<AsyncDisposable> =>
  openAll(async (use) => {
    const records = use(await openRecords(config))
    const { address } = use(await openQueue(config))
    const sender = use(await openSender(config, address))
    const enqueue = (key: string): Promise<void> => sender.enqueue('extract', key)
    const extraction = openExtraction(config)
    const reprocessLater = (key: string): Promise<void> =>
      announce({ enqueue: (k) => sender.enqueue('reprocess', k) }, key)
    const runner = { ...records, reader: extraction.reader, reprocessLater, auditShare: config.auditShare }
    const { createWorker } = await loadBullmq()
    const workers = (['extract', 'reprocess'] as const).map((name) =>
      createWorker(address, name, ({ key }, isLast) => runWork(runner, key, isLast), {
        prefix: queuePrefix(config.home),
        concurrency: config.concurrency,
        onError: report,
      }),
    )
    use({
      async [Symbol.asyncDispose]() {
        const closed = Promise.all(workers.map((worker) => worker.close()))
        await Promise.race([closed, delay(graceMs, undefined, { ref: false })])
        await extraction[Symbol.asyncDispose]()
        await closed
      },
    })
    const reconciler = startReconciler(records.store, enqueue, { everyMs: 2000, onError: report })
    use({ [Symbol.asyncDispose]: () => reconciler.stop() })
    return {}
  })

interface Sender extends AsyncDisposable {
  enqueue(name: JobName, key: string): Promise<void>
}

async function openSender({ home }: Config, address: RedisAddress): Promise<Sender> {
  const { createQueue } = await loadBullmq()
  const queue = createQueue(address, { prefix: queuePrefix(home) })
  return { enqueue: (name, key) => queue.enqueue(name, { key }), [Symbol.asyncDispose]: () => queue.close() }
}

type Use = <T extends AsyncDisposable>(opened: T) => T

/**
 * What `open` makes, closed together in reverse order of `use`; at once when `open` fails half-way. What cannot be closed
 * keeps nothing else open: the first failure is thrown at the end.
 */
export async function openAll<T extends object>(
  open: (use: Use) => Promise<T>,
): Promise<T & AsyncDisposable> {
  const opened: AsyncDisposable[] = []
  const close = async (): Promise<void> => {
    const failures: unknown[] = []
    for (const one of opened.splice(0).reverse()) {
      await Promise.resolve(one[Symbol.asyncDispose]()).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }
  try {
    const made = await open((one) => {
      opened.push(one)
      return one
    })
    return { ...made, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close().catch(() => {}) // Why it could not be opened says more.
    throw error
  }
}
