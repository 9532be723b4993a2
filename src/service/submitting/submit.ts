import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job, TypeRef, Work } from '../../core/jobs.ts'
import type { Strategy } from '../../core/extraction-result.ts'
import { executionKey, type KeyParts } from './execution-key.ts'

export interface Submitter {
  readonly store: JobStore
  readonly blobs: BlobStore
  /** Has what waits in the ledger given to the queue, some time soon. */
  readonly wake: () => void
  readonly ocr: string
  readonly vlm: string
  readonly pipeline: string
}

export interface Submission {
  /** The tenant of the batch. */
  readonly tenant: string
  readonly batchId: string
  readonly position: number
  readonly file: string
  readonly bytes: Uint8Array
  readonly type: TypeRef
  readonly route: Strategy
  /** See `Work`. */
  readonly templates: string | null
  /** Empty, or a number used once: see `executionKey`. */
  readonly force: string
}

/** The engines that will read it. */
export type Engines = Pick<Submitter, 'ocr' | 'vlm' | 'pipeline'>

/** What has to be done for bytes that are kept under `blob`. */
export function workOf(
  { ocr, vlm, pipeline }: Engines,
  { tenant, blob, type, route, templates, force }: Omit<KeyParts, 'pipeline'>,
): Work {
  const key = executionKey({ tenant, blob, type, route, pipeline, templates, force })
  return { key, blob, type, route, ocr, vlm, pipeline, templates }
}

/** Stores bytes again where they are gone: a deletion that began earlier may have removed the same bytes meanwhile. */
export async function ensureStored(
  blobs: BlobStore,
  blob: string,
  bytes: () => Promise<Uint8Array>,
): Promise<void> {
  if (!(await blobs.has(blob))) await blobs.put(await bytes())
}

/** Blob, then ledger: nothing of it can be lost any more. The same submission again answers the same job. */
async function record(to: Omit<Submitter, 'wake'>, submission: Submission): Promise<Job> {
  const { batchId, position, file, bytes } = submission
  const blob = await to.blobs.put(bytes)
  const job = await to.store.submit(batchId, position, file, workOf(to, { ...submission, blob }))
  await ensureStored(to.blobs, blob, async () => bytes)
  return job
}

/** Records, then has it given to the queue when its turn comes. */
export async function submit(to: Submitter, submission: Submission): Promise<Job> {
  const job = await record(to, submission)
  to.wake()
  return job
}
