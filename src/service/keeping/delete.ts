import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore, Job, JobStore } from '../../core/jobs.ts'
import { eachJob } from '../results/job-rows.ts'

export interface Records {
  readonly store: JobStore
  readonly blobs: BlobStore
}

const isConflict = (error: unknown): boolean => error instanceof ParallaxError && error.code === 'E_CONFLICT'

/** Takes a blob away; what is needed again meanwhile is put back, since whoever submitted it may have looked before. */
async function deleteBlob({ store, blobs }: Records, blob: string): Promise<void> {
  if (await store.needs(blob)) return
  const bytes = await blobs.get(blob)
  await blobs.delete(blob)
  if (bytes && (await store.needs(blob))) await blobs.put(bytes)
}

/**
 * Deletes a job and all that came of it: row, corrections, the document itself where nothing else refers to it. E_CONFLICT
 * while it is being read; false where there is no such job (any more). `compact` the ledger after the last deletion.
 */
export async function deleteJob(records: Records, id: string): Promise<boolean> {
  const deleted = await records.store.delete(id)
  if (!deleted) return false
  for (const blob of deleted.blobs) await deleteBlob(records, blob)
  return true
}

export interface Deletions {
  readonly deleted: number
  /** Those that were being read. */
  readonly kept: readonly Job[]
}

async function deleteAll(records: Records, jobs: readonly Job[]): Promise<Deletions> {
  const kept: Job[] = []
  let deleted = 0
  for (const job of jobs) {
    try {
      if (await deleteJob(records, job.id)) deleted++
    } catch (error) {
      if (!isConflict(error)) throw error
      kept.push(job)
    }
  }
  return { deleted, kept }
}

/** Deletes all jobs of a batch, and so the batch; those that are being read are kept. */
export async function deleteBatch(records: Records, batchId: string): Promise<Deletions> {
  const jobs: Job[] = []
  for await (const job of eachJob(records.store, { batchId })) jobs.push(job)
  return deleteAll(records, jobs)
}

/** Jobs that are taken at a time. */
const atOnce = 100

/** Deletes every job that ended, and was last changed, before a time (ISO 8601); answers how many. */
export async function deleteEndedBefore(records: Records, before: string): Promise<number> {
  let deleted = 0
  for (;;) {
    const jobs = await records.store.endedBefore(before, atOnce)
    const done = await deleteAll(records, jobs)
    deleted += done.deleted
    if (jobs.length < atOnce || done.deleted === 0) return deleted
  }
}
