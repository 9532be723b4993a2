import { openAll } from '../compute/open-all.ts'
import type { Config } from '../config.ts'
import type { WorkerState } from '../contract/common.ts'
import { openLasting, type Lasting } from '../queue/lasting.ts'
import { readinessOf } from '../service/health/readiness.ts'
import { storageCheck } from '../service/health/storage-check.ts'
import { createAdmission } from '../service/submitting/admission.ts'
import { pendingWork } from '../service/submitting/pending-work.ts'
import { createTypeCatalog } from '../service/types/type-catalog.ts'
import { openChores } from './chores.ts'
import { openExtraction } from './extraction.ts'
import { freeBytes, limitersOf, limitsOf } from './limits.ts'
import { version, webFolder } from './package.ts'
import { isAway, openQueue, openSender, type Report, type Sender } from './queue.ts'
import { openWorkplace, type Records } from './records.ts'

const loadProbe = () => import('../queue/probe.ts')

/** How long requests wait for a ledger that somebody else keeps busy. */
const busyMs = 1_000

/** How long the service waits for its queue before it starts without. */
const queueTimeoutMs = 5_000

interface ServiceQueue extends Sender {
  /** Rejects with E_QUEUE_DOWN when the queue cannot be used. */
  check(): Promise<void>
}

/** The queue of a service, which starts without one where Redis is away. */
const openServiceQueue = (
  config: Config,
  records: Records,
  report: Report,
): Promise<Lasting<ServiceQueue>> => {
  const open = (): Promise<ServiceQueue> =>
    openAll(async (use) => {
      const { address, warnings } = use(await openQueue(config, report))
      for (const warning of warnings) report(warning)
      const sender = use(await openSender(config, address, records, report))
      const { createProbe } = await loadProbe()
      const { check, close } = createProbe(address, records.queuePrefix)
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
    const { store, blobs, requireThere } = records
    const folders = [...new Set([home, ...records.folders])]
    const queue = use(await openServiceQueue(config, records, report))
    const { reader } = use(openExtraction(config))
    const { later } = use(pendingWork(report))
    const limits = limitsOf(config)
    for (const chore of openChores(config, records, report)) use(chore)
    const admission = createAdmission(store, { folders, requireThere }, limits)
    const foundations = {
      home,
      checkStorage: storageCheck({ folders, store, requireThere, freeBytes }),
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
      origin: service.origin,
      callbacks: service.webhooks?.hosts ?? null,
      types: createTypeCatalog(reader.run, { home, ocr, vlm, accept, split, templates }),
      wake: () => queue.opened()?.wake(),
      templates,
      admission,
      readiness: () => readinessOf(foundations),
      page: webFolder,
    }
  })
