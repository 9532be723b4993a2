import { unfinished, highPriority, type JobStatus } from '../../core/jobs.ts'
import { readJob, soundJob } from '../ledger-rows.ts'
import type { Tx } from '../ledger-tables.ts'
import { beginAnew } from './begin-anew.ts'
import { tellAgain } from './callbacks.ts'
import { changeJobs, jobRow, type JobRow } from './change-jobs.ts'
import { now } from './clock.ts'
import { areDamaged, dropCorrections } from './corrections.ts'
import { dropResult, isDamagedResult, queued, standsOnResult, storedStanding } from './standing.ts'

const cancellable: readonly JobStatus[] = [...unfinished, 'needs_review']

export async function cancel(tx: Tx, id: string): Promise<boolean> {
  const row = await jobRow(tx, id)
  if (!row || soundJob(row) === null || !cancellable.includes(row.status as JobStatus)) return false
  return (await changeJobs(tx, [row], { status: 'cancelled', held_by: null, held_until: null })) === 1
}

const restartable: readonly JobStatus[] = ['failed', 'quarantined', 'cancelled', 'rejected']

export async function retry(tx: Tx, id: string): Promise<boolean> {
  const key = await holdWorkOf(tx, id)
  const row = await jobRow(tx, id)
  if (key === null || row === null || !(await isRestartable(tx, row))) return false
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

async function holdWorkOf(tx: Tx, id: string): Promise<string | null> {
  await tx
    .updateTable('works')
    .set({ touched_at: now() })
    .where('key', 'in', tx.selectFrom('jobs').select('key').where('id', '=', id))
    .execute()
  const work = await tx
    .selectFrom('works')
    .select('works.key')
    .innerJoin('jobs', 'jobs.key', 'works.key')
    .where('jobs.id', '=', id)
    .executeTakeFirst()
  return work?.key ?? null
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
