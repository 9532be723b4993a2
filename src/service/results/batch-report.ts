import type { ConcurrencyLimiter } from '../../compute/concurrency-limiter.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Batch, Job } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import type { RunTask } from '../../compute/run-task.ts'
import { reportOf } from './report.ts'
import { resultAmongMany } from './result-of-job.ts'

/** Documents of one report: their results are in memory at the same time. */
const maxDocuments = 2_000

export interface BatchReporter {
  readonly store: JobStore
  readonly blobs: BlobStore
  readonly run: RunTask
  /** Lets in who has a report made; its results are read only then. */
  readonly reportLimiter: ConcurrencyLimiter
}

/** A name by which a result is found again: several documents of a batch may have been sent under one. */
function uniqueName(file: string, taken: ReadonlyMap<string, unknown>): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? file : `${file} (${n})`
    if (!taken.has(name)) return name
  }
}

async function bytesOf({ store, blobs }: BatchReporter, job: Job | undefined): Promise<Uint8Array> {
  const work = job && (await store.work(job.key))
  const bytes = work && work.blob !== '' ? await blobs.get(work.blob) : null
  if (bytes) return bytes
  throw new ParallaxError('E_NOT_FOUND', 'The document is not stored any more.')
}

/**
 * What the documents of a batch came to so far, as one page of HTML. E_CONFLICT for a batch that is too large for one;
 * E_BUSY while too many are made.
 */
export const batchReport = (reporter: BatchReporter, batch: Batch, signal?: AbortSignal): Promise<string> =>
  reporter.reportLimiter.run(batch.tenant, () => makeReport(reporter, batch, signal), signal)

async function makeReport(reporter: BatchReporter, batch: Batch, signal?: AbortSignal): Promise<string> {
  const { store, run } = reporter
  const jobs = await store.list({ batchId: batch.id, limit: maxDocuments + 1 })
  if (jobs.length > maxDocuments)
    throw new ParallaxError(
      'E_CONFLICT',
      `A report is of at most ${maxDocuments} documents. Use: parallax report`,
    )
  const byName = new Map<string, Job>()
  const results: ExtractionResult[] = []
  for (const job of jobs) {
    signal?.throwIfAborted()
    const result = await resultAmongMany(store, job)
    if (!result) continue
    const file = uniqueName(job.file, byName)
    byName.set(file, job)
    results.push({ ...result, file })
  }
  const { html } = await reportOf(run, {
    source: `batch ${batch.id}`,
    rows: results,
    bytesOf: (file) => bytesOf(reporter, byName.get(file)),
    signal,
  })
  return html
}
