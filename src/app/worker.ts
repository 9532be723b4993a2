import { setTimeout as delay } from 'node:timers/promises'
import { openAll } from '../compute/open-all.ts'
import type { Config } from '../config.ts'
import { defaultType } from '../core/document-type.ts'
import { openLasting } from '../queue/lasting.ts'
import { finishDeletions } from '../service/deletion/delete.ts'
import { runWork, type WorkEnd } from '../service/reading/run-work.ts'
import { pendingWork } from '../service/submitting/pending-work.ts'
import { describe } from '../service/types/describe.ts'
import { openExtraction, type Extraction } from './extraction.ts'
import { isAway, loadBullmq, openQueue, openSender, type Report } from './queue.ts'
import { openWorkplace, type Records } from './records.ts'

/** Is told of every document that has ended. */
type OnEnd = (end: WorkEnd) => void

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
  onEnd: OnEnd,
): Promise<AsyncDisposable> =>
  openAll(async (use) => {
    const { createWorker } = await loadBullmq() // While Redis may be away: it takes as long as a page.
    const { address, warnings } = use(await openQueue(config, report))
    for (const warning of warnings) report(warning)
    const sender = use(await openSender(config, address, records, report))
    const { reprocessLater } = sender
    const { auditShare, templates } = config
    const runner = { ...records, reader: extraction.reader, reprocessLater, auditShare, templates, onEnd }
    const workers = (['extract', 'reprocess'] as const).map((name) =>
      createWorker(address, name, ({ key }, isLast) => (sender.wake(), runWork(runner, key, isLast)), {
        prefix: records.queuePrefix,
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
  onEnd: OnEnd = () => {},
): Promise<AsyncDisposable> =>
  openAll(async (use) => {
    const records = use(await openWorkplace(config))
    const extraction = use(openExtraction(config))
    const onError = (error: unknown): void => {
      report(error)
      warmUp(extraction, config)
    }
    const open = (): Promise<AsyncDisposable> =>
      openConsumer(config, records, extraction, report, orphaned, onEnd)
    use(await openLasting(open, { onError }))
    return {}
  })

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
