import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { defaultType } from './core/document-type.ts'
import { createConcurrencyLimiter } from './compute/concurrency-limiter.ts'
import { openAll } from './compute/open-all.ts'
import { createPool, type Pool } from './compute/pool.ts'
import type { Config } from './config.ts'
import type { BlobStore } from './core/blob-store.ts'
import type { WorkerState } from './contract/common.ts'
import type { Callback } from './core/callbacks.ts'
import { ParallaxError } from './core/errors.ts'
import type { Ledger } from './core/ledger.ts'
import { openLasting, type Lasting } from './queue/lasting.ts'
import { queuePrefix } from './queue/queue-prefix.ts'
import type { RedisAddress } from './queue/redis.ts'
import { startDispatcher, type Dispatcher } from './queue/dispatcher.ts'
import { strategyPlans } from './routing/strategies.ts'
import { acceptingUncalibrated } from './routing/accepting-uncalibrated.ts'
import { createAdmission, watchFile } from './service/submitting/admission.ts'
import { toBatchAnswer } from './service/submitting/answers.ts'
import { pendingWork } from './service/submitting/pending-work.ts'
import type { Reader } from './service/reading/read-document.ts'
import { prepareDataFolder } from './service/health/data-folder.ts'
import { finishDeletions } from './service/deletion/delete.ts'
import { readinessOf } from './service/health/readiness.ts'
import { repeatedly } from './timing/repeat.ts'
import { startRetention } from './service/deletion/retention.ts'
import { sweepUploads } from './service/deletion/sweep-uploads.ts'
import { sweep } from './service/deletion/sweep.ts'
import { runCallbacks } from './service/webhooks/run-callbacks.ts'
import { storageCheck } from './service/health/storage-check.ts'
import { describe } from './service/types/describe.ts'
import { createTypeCatalog } from './service/types/type-catalog.ts'
import { runWork } from './service/reading/run-work.ts'
import type { Submitter } from './service/submitting/submit.ts'
import { fileBlobs } from './stores/file-blobs.ts'
import type { SqliteOptions } from './stores/sqlite.ts'

// Reading a page needs neither Redis nor SQLite, which take longer to load than all the rest.
const loadBullmq = () => import('./queue/bullmq.ts')
const loadRedis = () => import('./queue/open-redis.ts')
const loadProbe = () => import('./queue/probe.ts')
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
  const plans = accept === 'uncalibrated' ? acceptingUncalibrated(strategyPlans) : strategyPlans
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

/** Records in a data folder that can be worked in; E_STORAGE says what helps where it cannot. */
async function openWorkplace(config: Config, options?: SqliteOptions): Promise<Records> {
  await prepareDataFolder(config.home)
  return openRecords(config, options)
}

type Report = (trouble: unknown) => void

export interface OpenQueue extends AsyncDisposable {
  readonly address: RedisAddress
  readonly warnings: readonly string[]
}

/** The Redis of the configuration: a private one unless a URL is set. `report` is told of what happens to it later. */
export async function openQueue({ home, redisUrl }: Config, report: Report = () => {}): Promise<OpenQueue> {
  const { openRedis } = await loadRedis()
  const { address, warnings, close } = await openRedis({ home, url: redisUrl, onWarning: report })
  return { address, warnings, [Symbol.asyncDispose]: close }
}

export interface Jobs extends Records {
  readonly submitter: Submitter
  readonly warnings: readonly string[]
}

/** Records and the queue: what submitting needs. `pipeline` is that of `describe`, and part of every key. */
export const openJobs = (config: Config, pipeline: string): Promise<Jobs> =>
  openAll(async (use) => {
    const records = use(await openWorkplace(config))
    const { address, warnings } = use(await openQueue(config))
    // The worker, which gives out work too, tells what is wrong.
    const { wake } = use(await openSender(config, address, records.store, () => {}))
    const { ocr, vlm } = config
    const submitter = { ...records, wake, ocr, vlm: vlm.name, pipeline }
    return { ...records, warnings, submitter }
  })

/** Work in hand when a worker stops is given back after this. */
const graceMs = 5_000

/** Has one child load the engines, so that they are warm when the first document comes. */
function warmUp({ reader }: Extraction, { home, ocr, vlm, accept, split }: Config): void {
  const request = { spec: defaultType, cwd: home, route: 'auto', ocr, vlm, accept, split } as const
  describe(reader.run, request).catch(() => {}) // Whoever needs them is told why there are none.
}

/** Takes work from the queue that is open; work in hand is finished first when it closes, or given back when that takes long. */
const openConsumer = (
  config: Config,
  records: Records,
  extraction: Extraction,
  report: Report,
  orphaned: AbortSignal,
): Promise<AsyncDisposable> =>
  openAll(async (use) => {
    const { createWorker } = await loadBullmq() // While Redis may be away: it takes as long as a page.
    const { address, warnings } = use(await openQueue(config, report))
    for (const warning of warnings) report(warning)
    const sender = use(await openSender(config, address, records.store, report))
    const { reprocessLater } = sender
    const runner = { ...records, reader: extraction.reader, reprocessLater, auditShare: config.auditShare }
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
        const grace = delay(graceMs, undefined, { ref: false, signal: orphaned }).catch(() => {})
        await Promise.race([closed, grace])
        await extraction[Symbol.asyncDispose]()
        await closed
      },
    })
    use(pendingWork(report)).later(() => finishDeletions(records))
    return {}
  })

/**
 * Takes work from the queue until it is disposed of, and waits for a Redis that is away with its engines warm. When
 * nobody is left to stop it in order (`orphaned`), work in hand is given back at once.
 */
export const openWorker = (
  config: Config,
  report: Report,
  orphaned: AbortSignal = new AbortController().signal,
): Promise<AsyncDisposable> =>
  openAll(async (use) => {
    const records = use(await openWorkplace(config))
    const extraction = use(openExtraction(config))
    const onError = (error: unknown): void => {
      report(error)
      warmUp(extraction, config)
    }
    const open = (): Promise<AsyncDisposable> => openConsumer(config, records, extraction, report, orphaned)
    use(await openLasting(open, { onError }))
    return {}
  })

/** What has to stay free on the disk of the data folder, in bytes. */
const freeBytes = 1e9

/** How long requests wait for a ledger that somebody else keeps busy. */
const busyMs = 1_000

/** Between two looks for documents that are old enough to be deleted, and for what lies about. */
const choreMs = 3_600_000

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
const limitersOf = ({ concurrency }: Config) => ({
  limiter: createConcurrencyLimiter({
    atOnce: concurrency,
    atOnceEach: Math.max(1, concurrency - 1),
    waiting: 128,
    waitingEach: 32,
    refusal: 'Too many pages are being waited for. Ask again in a moment.',
  }),
  reportLimiter: createConcurrencyLimiter({
    atOnce: 2,
    atOnceEach: 1,
    waiting: 8,
    waitingEach: 2,
    refusal: 'Too many reports are being made. Ask again in a moment.',
  }),
})

/** What goes on beside the answering of requests: calling back, deleting what is old, and sweeping. */
function openChores({ home, service }: Config, records: Records, onError: Report) {
  const { store } = records
  const tidy = () => Promise.all([sweep(records), sweepUploads(home)])
  const chores = [repeatedly(tidy, { everyMs: choreMs, onError })]
  if (service.webhooks) {
    const answerOf = ({ batch }: Callback) => toBatchAnswer(store, batch)
    chores.push(runCallbacks({ ...service.webhooks, store: store.callbacks, answerOf, onError }))
  }
  if (service.keepDays !== null) {
    chores.push(startRetention(records, { keepDays: service.keepDays, everyMs: choreMs, onError }))
  }
  return chores
}

/** Other failures than these are no matter of time. */
const isAway = (error: unknown): boolean => error instanceof ParallaxError && error.code === 'E_QUEUE_DOWN'

/** Rejects with what keeps a worker from ever reading in this data folder; a Redis that is away does not. */
export async function checkWorkplace(config: Config, report: Report): Promise<void> {
  await using _ = await openWorkplace(config)
  try {
    await using queue = await openQueue(config)
    for (const warning of queue.warnings) report(warning)
  } catch (error) {
    if (!isAway(error)) throw error
  }
}

/** How long the service waits for its queue before it starts without. */
const queueTimeoutMs = 5_000

interface ServiceQueue extends Sender {
  /** Rejects with E_QUEUE_DOWN when the queue cannot be used. */
  check(): Promise<void>
}

/** The queue of a service, which starts without one where Redis is away. */
const openServiceQueue = (config: Config, store: Ledger, report: Report): Promise<Lasting<ServiceQueue>> => {
  const open = (): Promise<ServiceQueue> =>
    openAll(async (use) => {
      const { address, warnings } = use(await openQueue(config, report))
      for (const warning of warnings) report(warning)
      const sender = use(await openSender(config, address, store, report))
      const { createProbe } = await loadProbe()
      const { check, close } = createProbe(address, queuePrefix(config.home))
      use({ [Symbol.asyncDispose]: async () => close() })
      return { ...sender, check }
    })
  return openLasting(open, { onError: report, timeoutMs: queueTimeoutMs, mayPass: isAway })
}

/** One of whom nothing waits: there is room for their document while there is any. */
const anyTenant = ''

/**
 * Takes submissions, answers what became of them, and calls back; a worker does the reading. See `createServer`.
 * `workerStates` are those of the worker processes that whoever opens it keeps running.
 */
export const openService = (
  config: Config,
  report: Report,
  workerStates: () => readonly WorkerState[] = () => [],
) =>
  openAll(async (use) => {
    const { home, user, ocr, vlm, accept, split, templates, service } = config
    const records = use(await openWorkplace(config, { busyMs }))
    const { store, blobs } = records
    const queue = use(await openServiceQueue(config, store, report))
    const { reader } = use(openExtraction(config))
    const { later } = use(pendingWork(report))
    const limits = limitsOf(config)
    const ledgerIsThere = await watchFile(join(home, 'ledger.sqlite'))
    for (const chore of openChores(config, records, report)) use(chore)
    const admission = createAdmission(store, home, ledgerIsThere, limits)
    const foundations = {
      home,
      checkStorage: storageCheck({ home, store, ledgerIsThere, freeBytes }),
      async checkQueue() {
        await queue.now().check()
        await admission.requireRoom(anyTenant)
      },
      countWorkers: async () => queue.now().countWorkers(),
      workerStates,
    }
    return {
      ...{ version, home, user, store, blobs, reader, run: reader.run, limits, later, workerStates },
      ...limitersOf(config),
      callbacks: service.webhooks?.hosts ?? null,
      types: createTypeCatalog(reader.run, { ocr, vlm, accept, split, templates }),
      wake: () => queue.opened()?.wake(),
      admission,
      readiness: () => readinessOf(foundations),
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
