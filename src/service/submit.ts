import { ParallaxError } from '../core/errors.ts'
import type { BlobStore, Job, JobStore, TypeRef } from '../core/jobs.ts'
import type { Route } from '../core/row.ts'
import { executionKey } from './execution-key.ts'

export interface Submitter {
  readonly store: JobStore
  readonly blobs: BlobStore
  readonly enqueue: (key: string) => Promise<void>
  readonly ocr: string
  readonly vlm: string
  readonly pipeline: string
}

export interface Submission {
  readonly batchId: string
  readonly position: number
  readonly file: string
  readonly bytes: Uint8Array
  readonly type: TypeRef
  readonly route: Route
  /** See `Work`. */
  readonly templates: string | null
  /** Empty, or a number used once: see `executionKey`. */
  readonly force: string
}

/** Tells the queue of work in the ledger; a queue that is away hears of it later, from the reconciler. */
export async function announce({ enqueue }: Pick<Submitter, 'enqueue'>, key: string): Promise<void> {
  try {
    await enqueue(key)
  } catch (error) {
    if (!(error instanceof ParallaxError && error.code === 'E_QUEUE_DOWN')) throw error
  }
}

/**
 * Blob, then ledger, then queue: after the first two nothing can be lost, and what the queue misses the reconciler adds.
 * The same submission again answers the same job.
 */
export async function submit(to: Submitter, submission: Submission): Promise<Job> {
  const { batchId, position, file, bytes, type, route, templates, force } = submission
  const blob = await to.blobs.put(bytes)
  const { ocr, vlm, pipeline } = to
  const key = executionKey({ tenant: 'local', blob, type, route, pipeline, templates, force })
  const work = { key, blob, type, route, ocr, vlm, pipeline, templates }
  const job = await to.store.submit(batchId, position, file, work)
  if (job.status === 'queued') await announce(to, job.key)
  return job
}
