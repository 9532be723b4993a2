import { ParallaxError } from '../../core/errors.ts'
import type { Correction } from '../../core/jobs.ts'
import { readCorrection } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { now } from './clock.ts'
import { get } from './listing.ts'

export async function correct(tx: Tx, corrections: readonly Correction[]): Promise<void> {
  for (const correction of corrections) await correctOne(tx, correction)
}

async function correctOne(tx: Tx, { jobId, field, before, after, by, at }: Correction): Promise<void> {
  const job = await tx
    .updateTable('jobs')
    .set({ updated_at: now() })
    .where('id', '=', jobId)
    .where('status', '=', 'needs_review')
    .returning('key')
    .executeTakeFirst()
  if (!job) throw await notCorrectable(tx, jobId)
  const { count } = await tx
    .selectFrom('corrections')
    .select((e) => e.fn.countAll().as('count'))
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('corrections')
    .values({
      job_id: jobId,
      sequence: Number(count),
      key: job.key,
      field,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      corrected_by: by,
      corrected_at: at,
    })
    .execute()
}

async function notCorrectable(tx: Tx, id: string): Promise<ParallaxError> {
  const job = await get(tx, id)
  if (!job) return new ParallaxError('E_NOT_FOUND', `There is no job "${id}" to correct.`)
  return new ParallaxError(
    'E_CONFLICT',
    `Job ${id} is ${job.status}: it waits for no review, so nothing of it can be corrected.`,
  )
}

/** Those of the job's present key: after a resubmission with other bytes, older ones speak of another document. */
export async function corrections(db: Database, jobId: string): Promise<Correction[]> {
  const rows = await db
    .selectFrom('corrections')
    .innerJoin('jobs', (join) =>
      join.onRef('jobs.id', '=', 'corrections.job_id').onRef('jobs.key', '=', 'corrections.key'),
    )
    .selectAll('corrections')
    .where('corrections.job_id', '=', jobId)
    .orderBy('corrections.sequence')
    .execute()
  return rows.map(readCorrection)
}
