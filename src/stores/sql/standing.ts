import type { JobStatus } from '../../core/jobs.ts'
import { readStanding } from '../ledger-rows.ts'
import type { Tx } from '../ledger-tables.ts'
import { tellAgain } from './callbacks.ts'
import { now } from './clock.ts'

/** Where a job stands by the result of its key. */
export interface Standing {
  readonly status: JobStatus
  /** JSON. */
  readonly error: string | null
  readonly urgency: number
}

export const queued: Standing = { status: 'queued', error: null, urgency: 0 }

/** Of a job that begins: nobody has reviewed, skipped or taken it. */
export const untouched = { skipped: 0, held_by: null, held_until: null, reviewed_by: null }

/** What the stored result of a key makes of its jobs; null when there is none. */
export async function storedStanding(tx: Tx, key: string): Promise<Standing | null> {
  const row = await tx
    .selectFrom('results')
    .select(['status', 'error', 'urgency'])
    .where('key', '=', key)
    .executeTakeFirst()
  return row ? { ...row, status: readStanding(row).status } : null
}

export async function moveJobs(
  tx: Tx,
  key: string,
  from: readonly JobStatus[],
  standing: Standing,
): Promise<void> {
  await tx
    .updateTable('jobs')
    .set({ ...standing, updated_at: now() })
    .where('key', '=', key)
    .where('status', 'in', from)
    .execute()
}

/** Queues the jobs that ended by the result which is dropped. */
export async function dropResult(tx: Tx, key: string): Promise<void> {
  await tx.deleteFrom('results').where('key', '=', key).execute()
  await tx.updateTable('works').set({ deaths: 0, touched_at: now() }).where('key', '=', key).execute()
  await moveJobs(tx, key, ['failed', 'quarantined'], queued)
  const begun = await tx
    .selectFrom('jobs')
    .select('batch_id')
    .distinct()
    .where('key', '=', key)
    .where('status', '=', 'queued')
    .execute()
  const batchIds = begun.map(({ batch_id }) => batch_id)
  await tellAgain(tx, batchIds)
}
