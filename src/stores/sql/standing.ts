import type { JobStatus } from '../../core/jobs.ts'
import { soundStanding } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { tellAgain } from './callbacks.ts'
import { changeJobs } from './change-jobs.ts'
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
export const untouched = { skipped: 0, held_by: null, held_until: null, reviewed_by: null, rejection: null }

/** Jobs that are what they are by the result of their key. */
export const standsOnResult: readonly JobStatus[] = ['accepted', 'needs_review', 'reviewed']

/** What the stored result of a key makes of its jobs; null when there is none. A damaged one is dropped. */
export async function storedStanding(tx: Tx, key: string): Promise<Standing | null> {
  const row = await tx.selectFrom('results').selectAll().where('key', '=', key).executeTakeFirst()
  if (!row) return null
  const standing = soundStanding(row)
  if (standing) return { status: standing.status, error: row.error, urgency: row.urgency }
  await dropResult(tx, key, [...standsOnResult, 'failed', 'quarantined'])
  return null
}

/** Whether there is a result that is not what was written. */
export async function isDamagedResult(db: Database, key: string): Promise<boolean> {
  const row = await db.selectFrom('results').selectAll().where('key', '=', key).executeTakeFirst()
  return row !== undefined && soundStanding(row) === null
}

export async function moveJobs(
  tx: Tx,
  key: string,
  from: readonly JobStatus[],
  standing: Partial<Standing>,
): Promise<void> {
  const rows = await tx
    .selectFrom('jobs')
    .selectAll()
    .where('key', '=', key)
    .where('status', 'in', from)
    .execute()
  await changeJobs(tx, rows, standing)
}

/** Queues the jobs that ended by the result which is dropped. */
export async function dropResult(
  tx: Tx,
  key: string,
  from: readonly JobStatus[] = ['failed', 'quarantined'],
): Promise<void> {
  await tx.deleteFrom('results').where('key', '=', key).execute()
  await tx.updateTable('works').set({ deaths: 0, touched_at: now() }).where('key', '=', key).execute()
  await moveJobs(tx, key, from, { ...queued, ...untouched })
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
