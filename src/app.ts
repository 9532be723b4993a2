import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createGate } from './compute/gate.ts'
import { createPool, type Pool } from './compute/pool.ts'
import type { Config } from './config.ts'
import type { BlobStore } from './core/jobs.ts'
import type { Callback } from './core/callbacks.ts'
import { ParallaxError } from './core/errors.ts'
import type { Ledger } from './core/ledger.ts'
import { queuePrefix } from './queue/queue-prefix.ts'
import type { RedisAddress } from './queue/redis.ts'
import { startDispatcher, type Dispatcher } from './queue/dispatcher.ts'
import { routePlans } from './routing/routes.ts'
import { acceptingUncalibrated } from './routing/accepting-uncalibrated.ts'
import { createAdmission, watchFile } from './service/submitting/admission.ts'
import { toBatchAnswer } from './service/submitting/answers.ts'
import { pendingWork } from './service/submitting/pending-work.ts'
import type { Reader } from './service/reading/read-document.ts'
import { readinessOf, type Checks } from './service/keeping/readiness.ts'
import { startRetention } from './service/keeping/retention.ts'
import { runCallbacks } from './service/keeping/run-callbacks.ts'
import { createTypeCatalog } from './service/submitting/type-catalog.ts'
import { runWork } from './service/reading/run-work.ts'
import type { Submitter } from './service/submitting/submit.ts'
import { fileBlobs } from './stores/file-blobs.ts'
import type { SqliteOptions } from './stores/sqlite.ts'

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
  const { ocr, vlm, accept, pageMs, documentMs } = config
  const plans = accept === 'uncalibrated' ? acceptingUncalibrated(routePlans) : routePlans
  const run: Reader['run'] = (task, payload, options) => pool.run(task, payload, options)
  return {
    pool,
    reader: { run, plans, ocr, vlm, accept, pageMs, documentMs, split: config.split },
    [Symbol.asyncDispose]: () => pool.close(),
  }
}

export interface Records extends AsyncDisposable {
  readonly store: Ledger
  readonly blobs: BlobStore
}

/** The ledger and the blobs of the data folder; no queue. */
export async function openRecords(config: Config, options: SqliteOptions = {}): Promise<Records> {
  const { openSqliteLedger } = await loadSqlite()
  const store = await openSqliteLedger(join(config.home, 'ledger.sqlite'), options)
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

/** Records and the queue: what submitting needs. `pipeline` is that of `describe`, and part of every key. */
export const openJobs = (config: Config, pipeline: string): Promise<Jobs> =>
  openAll(async (use) => {
    const records = use(await openRecords(config))
    const { address, warnings } = use(await openQueue(config))
    const { wake } = use(await openSender(config, address, records.store, () => {}))
    const { ocr, vlm } = config
    const submitter = { ...records, wake, ocr, vlm: vlm.name, pipeline }
    return { ...records, warnings, submitter }
  })

/** Work in hand when a worker stops is given back after this. */
const graceMs = 5_000

/** Takes work from the queue until it is disposed of; work in hand is finished first, or given back when that takes long. */
export const openWorker = (config: Config, report: (error: unknown) => void): Promise<AsyncDisposable> =>
  openAll(async (use) => {
    const records = use(await openRecords(config))
    const { address } = use(await openQueue(config))
    const sender = use(await openSender(config, address, records.store, report))
    const extraction = openExtraction(config)
    const { reprocessLater } = sender
    const runner = { ...records, reader: extraction.reader, reprocessLater, auditShare: config.auditShare }
    const { createWorker } = await loadBullmq()
    const workers = (['extract', 'reprocess'] as const).map((name) =>
      createWorker(address, name, ({ key }, isLast) => (sender.wake(), runWork(runner, key, isLast)), {
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
    return {}
  })

const noWorkers = 'No worker runs. Start one with: parallax worker'

/** What has to stay free on the disk of the data folder, in bytes. */
const freeBytes = 1e9

/** How long requests wait for a ledger that somebody else keeps busy. */
const busyMs = 1_000

/** Between two looks for documents that are old enough to be deleted. */
const retentionMs = 3_600_000

/** How long somebody may wait for a document that is read at once. */
const extractMs = 30_000

/** How long such a document may take to come in. */
const receiveMs = 30_000

const limitsOf = ({ service, concurrency }: Config) => ({
  queued: service.maxQueued,
  queuedEach: service.maxQueuedEach,
  fileBytes: service.maxFileBytes,
  files: 500,
  requestsPerMinute: service.requestsPerMinute,
  freeBytes,
  extractions: 2 * concurrency,
  extractMs,
  receiveMs,
})

/** What is done while somebody looks at a page: no more at a time than there are children, one of which is left to others. */
const gatesOf = ({ concurrency }: Config) => ({
  gate: createGate({
    atOnce: concurrency,
    atOnceEach: Math.max(1, concurrency - 1),
    waiting: 128,
    waitingEach: 32,
    refusal: 'Too many pages are being waited for. Ask again in a moment.',
  }),
  reports: createGate({
    atOnce: 2,
    atOnceEach: 1,
    waiting: 8,
    waitingEach: 2,
    refusal: 'Too many reports are being made. Ask again in a moment.',
  }),
})

type Report = (error: unknown) => void

/** What goes on beside the answering of requests: calling back, and deleting what is old. */
function openChores({ service }: Config, records: Records, onError: Report) {
  const { store } = records
  const chores: AsyncDisposable[] = []
  if (service.webhooks) {
    const answerOf = ({ batch }: Callback) => toBatchAnswer(store, batch)
    chores.push(runCallbacks({ ...service.webhooks, store: store.callbacks, answerOf, onError }))
  }
  if (service.keepDays !== null) {
    const { stop } = startRetention(records, { keepDays: service.keepDays, everyMs: retentionMs, onError })
    chores.push({ [Symbol.asyncDispose]: stop })
  }
  return chores
}

const checksOf = (store: Ledger, ledgerIsThere: () => Promise<void>, { countWorkers }: Sender): Checks => ({
  storage: async () => {
    await ledgerIsThere()
    await store.keys.find('')
  },
  queue: async () => void (await countWorkers()),
  workers: async () => {
    if ((await countWorkers()) === 0) throw new ParallaxError('E_NOT_READY', noWorkers)
  },
})

/** Takes submissions, answers what became of them, and calls back; a worker does the reading. See `createServer`. */
export const openService = (config: Config, report: Report) =>
  openAll(async (use) => {
    const { home, user, ocr, vlm, accept, split, templates, service } = config
    const records = use(await openRecords(config, { busyMs }))
    const { store, blobs } = records
    const { address, warnings } = use(await openQueue(config))
    const sender = use(await openSender(config, address, store, report))
    const { reader } = use(openExtraction(config))
    const { later } = use(pendingWork(report))
    const limits = limitsOf(config)
    const ledgerIsThere = await watchFile(join(home, 'ledger.sqlite'))
    for (const chore of openChores(config, records, report)) use(chore)
    const checks = checksOf(store, ledgerIsThere, sender)
    return {
      ...{ version, home, user, store, blobs, warnings, reader, run: reader.run, limits, later },
      ...gatesOf(config),
      callbacks: service.webhooks?.hosts ?? null,
      types: createTypeCatalog(reader.run, { ocr, vlm, accept, split, templates }),
      wake: sender.wake,
      admission: createAdmission(store, home, ledgerIsThere, limits),
      readiness: () => readinessOf(checks),
      page: new URL(extension === '.ts' ? '../dist/web/' : '../web/', import.meta.url),
    }
  })

/** What gives work to the queue. */
interface Sender extends AsyncDisposable, Pick<Dispatcher, 'wake'> {
  /** Gives out the work of a key for its reserve paths; where the queue is away, it is found as abandoned later. */
  reprocessLater(key: string): Promise<void>
  countWorkers(): Promise<number>
}

const dispatchMs = 1_000

async function openSender(
  { home, concurrency }: Config,
  address: RedisAddress,
  store: Ledger,
  onError: Report,
): Promise<Sender> {
  const { createQueue } = await loadBullmq()
  const queue = createQueue(address, { prefix: queuePrefix(home), onReady: () => dispatcher?.startOver() })
  const extracts = {
    enqueue: (key: string, rank?: number) => queue.enqueue('extract', { key }, rank),
    contents: () => queue.contents('extract'),
  }
  const dispatcher = startDispatcher(store, extracts, { room: 2 * concurrency, everyMs: dispatchMs, onError })
  return {
    wake: dispatcher.wake,
    reprocessLater: (key) => queue.enqueue('reprocess', { key }).catch(unlessQueueDown),
    countWorkers: () => queue.countWorkers('extract'),
    async [Symbol.asyncDispose]() {
      await dispatcher.stop()
      await queue.close()
    },
  }
}

function unlessQueueDown(error: unknown): void {
  if (!(error instanceof ParallaxError && error.code === 'E_QUEUE_DOWN')) throw error
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
