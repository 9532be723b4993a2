import { unfinished, highPriority, type JobStatus } from '../../core/jobs.ts'
import { readJob, soundJob } from '../ledger-rows.ts'
import type { Tx } from '../ledger-tables.ts'
import { beginAnew } from './begin-anew.ts'
import { tellAgain } from './callbacks.ts'
import { changeJobs, jobRow, type JobRow } from './change-jobs.ts'
import { now } from './clock.ts'
import { areDamaged, dropCorrections } from './corrections.ts'
import { holdJob } from './hold-work.ts'
import { dropResult, isDamagedResult, queued, standsOnResult, storedStanding } from './standing.ts'

const cancellable: readonly JobStatus[] = [...unfinished, 'needs_review']

export async function cancel(tx: Tx, id: string): Promise<boolean> {
  const row = await jobRow(tx, id)
  if (!row || soundJob(row) === null || !cancellable.includes(row.status as JobStatus)) return false
  return (await changeJobs(tx, [row], { status: 'cancelled', held_by: null, held_until: null })) === 1
}

const restartable: readonly JobStatus[] = ['failed', 'quarantined', 'cancelled', 'rejected']

export async function retry(tx: Tx, id: string): Promise<boolean> {
  const row = await holdJob(tx, id)
  if (row === null || !(await isRestartable(tx, row))) return false
  const { key } = row
  if (!(await touchWork(tx, key))) return false
  if (!(await isSharedResult(tx, key))) await dropResult(tx, key)
  const standing = (await storedStanding(tx, key)) ?? queued
  await dropCorrections(tx, id)
  await beginAnew(tx, row, standing, { priority: highPriority })
  await tellAgain(tx, [row.batch_id])
  return true
}

/** One that ended without a usable result, and any of which something is damaged. */
const isRestartable = async (tx: Tx, row: JobRow): Promise<boolean> =>
  restartable.includes(readJob(row).status) ||
  (await isDamagedResult(tx, row.key)) ||
  (await areDamaged(tx, row.id))

/** False where there is no such work, which a damaged job may speak of. */
async function touchWork(tx: Tx, key: string): Promise<boolean> {
  const touched = await tx
    .updateTable('works')
    .set({ touched_at: now() })
    .where('key', '=', key)
    .executeTakeFirst()
  return touched.numUpdatedRows === 1n
}

/** Whether a job of the key still stands on its result, which then must stay. */
async function isSharedResult(tx: Tx, key: string): Promise<boolean> {
  const row = await tx
    .selectFrom('jobs')
    .select('id')
    .where('key', '=', key)
    .where('status', 'in', standsOnResult)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
