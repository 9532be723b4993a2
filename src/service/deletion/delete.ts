import type { BlobStore } from '../../core/blob-store.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import { eachJob } from '../results/each-result.ts'

export interface Records {
  readonly store: JobStore
  readonly blobs: BlobStore
}

const removeBlob = ({ store, blobs }: Records, blob: string): Promise<boolean> =>
  store.removeBlob(blob, () => blobs.delete(blob))

/**
 * Deletes a job and all that came of it, also while it is being read: row, corrections, the document itself where nothing else
 * refers to it. False where there is no such job (any more). `compact` the ledger after the last deletion. What a deletion
 * that was cut short has left is done by `finishDeletions`.
 */
export async function deleteJob(records: Records, id: string): Promise<boolean> {
  const deleted = await records.store.delete(id)
  if (!deleted) return false
  for (const blob of deleted.blobs) await removeBlob(records, blob)
  return true
}

async function deleteAll(records: Records, jobs: readonly Job[]): Promise<number> {
  let deleted = 0
  for (const job of jobs) if (await deleteJob(records, job.id)) deleted++
  return deleted
}

/** Deletes all jobs of a batch, and so the batch; answers how many. */
export async function deleteBatch(records: Records, batchId: string): Promise<number> {
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
    deleted += done
    if (jobs.length < atOnce || done === 0) return deleted
  }
}

/** Does what deletions have left to be done: blobs that have to go, and writing the ledger anew. */
export async function finishDeletions(records: Records): Promise<void> {
  for (;;) {
    const owed = await records.store.removals(atOnce)
    for (const blob of owed) await removeBlob(records, blob)
    if (owed.length < atOnce) break
  }
  if (await records.store.isCompactionOwed()) await records.store.compact()
}
