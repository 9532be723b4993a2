import { ParallaxError } from '../../core/errors.ts'
import type { Correction } from '../../core/jobs.ts'
import { damagedCorrections } from '../damage.ts'
import { soundCorrection } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { withSeal } from '../seals.ts'
import { get } from './listing.ts'
import { lockReview } from './open-review.ts'

export async function correct(tx: Tx, corrections: readonly Correction[], revision?: number): Promise<void> {
  const writers = new Map(corrections.map(({ jobId, by }) => [JSON.stringify([jobId, by]), { jobId, by }]))
  const keys = new Map<string, string>()
  for (const { jobId, by } of writers.values()) {
    const key = await lockReview(tx, jobId, { by, revision })
    if (key === null) throw await notCorrectable(tx, jobId)
    keys.set(jobId, key)
  }
  for (const correction of corrections) await record(tx, correction, keys.get(correction.jobId)!)
}

async function record(tx: Tx, correction: Correction, key: string): Promise<void> {
  const { jobId, field, before, after, by, at } = correction
  const { count } = await tx
    .selectFrom('corrections')
    .select((e) => e.fn.countAll().as('count'))
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow()
  const row = {
    job_id: jobId,
    sequence: Number(count),
    key,
    field,
    before: JSON.stringify(before),
    after: JSON.stringify(after),
    corrected_by: by,
    corrected_at: at,
  }
  await tx.insertInto('corrections').values(withSeal('corrections', row)).execute()
}

async function notCorrectable(tx: Tx, id: string): Promise<ParallaxError> {
  const job = await get(tx, id)
  if (!job) return new ParallaxError('E_NOT_FOUND', `There is no job "${id}" to correct.`)
  return new ParallaxError(
    'E_CONFLICT',
    `Job ${id} is ${job.status}: it waits for no review, so nothing of it can be corrected.`,
  )
}

/**
 * Those of the job's present key: after a resubmission with other bytes, older ones speak of another document. E_DAMAGED
 * where any row of the job is damaged, since its key may be what is.
 */
export async function corrections(db: Database, jobId: string): Promise<Correction[]> {
  const rows = await rowsOf(db, jobId)
  const read = rows.map(soundCorrection)
  if (read.includes(null)) throw damagedCorrections(jobId)
  const job = await db.selectFrom('jobs').select('key').where('id', '=', jobId).executeTakeFirst()
  return rows.flatMap(({ key }, i) => (key === job?.key ? read[i]! : []))
}

const rowsOf = (db: Database, jobId: string) =>
  db.selectFrom('corrections').selectAll().where('job_id', '=', jobId).orderBy('sequence').execute()

export const areDamaged = async (tx: Tx, jobId: string): Promise<boolean> =>
  (await rowsOf(tx, jobId)).some((row) => soundCorrection(row) === null)

/** What was corrected says nothing of a document that is read anew. */
export async function dropCorrections(tx: Tx, jobId: string): Promise<void> {
  await tx.deleteFrom('corrections').where('job_id', '=', jobId).execute()
}
