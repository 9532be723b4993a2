import { mostRejected, type BatchAnswer, type JobAnswer, type ToldBatch } from '../../contract/jobs.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { JobStore } from '../../core/job-store.ts'
import { unfinished, type Batch, type Job } from '../../core/jobs.ts'
import { redactedError } from '../results/redacted.ts'

/** A job as it is told to those whose it is: without what only the ledger needs. */
export const toJobAnswer = ({ batchId, key: _key, tenant: _tenant, error, ...job }: Job): JobAnswer => ({
  ...job,
  error: error && redactedError(error),
  batch: batchId,
})

/** A batch and how far it has come. */
export async function toBatchAnswer(store: JobStore, batch: Batch): Promise<BatchAnswer> {
  const { id, createdAt, callback, tenant, name, reference, metadata } = batch
  const counts = await store.counts({ tenant, batchId: id })
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
  const finished = total > 0 && unfinished.every((status) => counts[status] === 0)
  return { id, createdAt, callback, name, reference, metadata, total, counts, finished }
}

/** The same with what people have rejected of it, as its submitter is told. */
export async function toToldBatch(store: JobStore, batch: Batch): Promise<ToldBatch> {
  const selection = { batchId: batch.id, status: ['rejected'], limit: mostRejected } as const
  const [answer, rejected] = await Promise.all([toBatchAnswer(store, batch), store.list(selection)])
  const told = rejected.map(({ id, file, reviewedBy, rejection }) => ({ id, file, reviewedBy, rejection }))
  return { ...answer, rejected: told }
}

/** The batch with this id; E_NOT_FOUND also for one that is somebody else's. */
export async function findBatch(store: JobStore, id: string, tenant: string): Promise<Batch> {
  const batch = await store.batch(id)
  if (batch?.tenant === tenant) return batch
  throw new ParallaxError('E_NOT_FOUND', `There is no batch ${id}.`)
}
