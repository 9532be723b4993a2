import { ParallaxError } from '../../core/errors.ts'
import { damagedJob } from '../damage.ts'
import { soundJob } from '../ledger-rows.ts'
import type { Tx } from '../ledger-tables.ts'
import { changeJobs, jobRow } from './change-jobs.ts'
import { now } from './clock.ts'

/** Who writes to a document under review, and how many corrections it had when they looked; undefined where it does not matter. */
export interface Writer {
  readonly by: string
  readonly revision: number | undefined
}

/**
 * The key of a job that waits for a review, which no other transaction changes until this one ends; null when it waits for
 * none. Rejects with E_CONFLICT while somebody else holds it, or where it was corrected since `revision`; with E_DAMAGED.
 */
export async function lockReview(tx: Tx, id: string, { by, revision }: Writer): Promise<string | null> {
  const job = await jobRow(tx, id)
  if (job?.status !== 'needs_review' || (await changeJobs(tx, [job], {})) === 0) return null
  if (soundJob(job) === null) throw damagedJob(id)
  const { key, held_by: holder, held_until: until } = job
  if (holder !== null && holder !== by && until !== null && until > now()) throw heldBy(holder, id)
  if (revision !== undefined && (await countOf(tx, id, key)) !== revision) throw corrected(id)
  return key
}

const heldBy = (holder: string, id: string): ParallaxError =>
  new ParallaxError(
    'E_CONFLICT',
    `${holder} is reviewing job ${id} just now: take another document, or try again in ten minutes.`,
  )

const corrected = (id: string): ParallaxError =>
  new ParallaxError('E_CONFLICT', `Job ${id} was corrected in the meantime: look at its review again first.`)

async function countOf(tx: Tx, id: string, key: string): Promise<number> {
  const { count } = await tx
    .selectFrom('corrections')
    .select((e) => e.fn.countAll().as('count'))
    .where('job_id', '=', id)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  return Number(count)
}
