import { unfinished, urgentPriority, type JobStatus } from '../../core/jobs.ts'
import type { Tx } from '../ledger-tables.ts'
import { tellAgain } from './callbacks.ts'
import { now } from './clock.ts'
import { dropCorrections } from './corrections.ts'
import { get } from './listing.ts'
import { dropResult, queued, storedStanding, untouched } from './standing.ts'

const cancellable: readonly JobStatus[] = [...unfinished, 'needs_review']

export async function cancel(tx: Tx, id: string): Promise<boolean> {
  const updated = await tx
    .updateTable('jobs')
    .set({ status: 'cancelled', held_by: null, held_until: null, updated_at: now() })
    .where('id', '=', id)
    .where('status', 'in', cancellable)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

const restartable: readonly JobStatus[] = ['failed', 'quarantined', 'cancelled', 'rejected']
const standsOnResult: readonly JobStatus[] = ['accepted', 'needs_review', 'reviewed']

export async function retry(tx: Tx, id: string): Promise<boolean> {
  const key = await holdWorkOf(tx, id)
  const job = await get(tx, id)
  if (key === null || job === null || !restartable.includes(job.status)) return false
  if (!(await isSharedResult(tx, key))) await dropResult(tx, key)
  await dropCorrections(tx, id)
  await tx
    .updateTable('jobs')
    .set({
      ...((await storedStanding(tx, key)) ?? queued),
      ...untouched,
      priority: urgentPriority,
      updated_at: now(),
    })
    .where('id', '=', id)
    .execute()
  await tellAgain(tx, [job.batchId])
  return true
}

async function holdWorkOf(tx: Tx, id: string): Promise<string | null> {
  const work = await tx
    .updateTable('works')
    .set({ touched_at: now() })
    .where('key', 'in', tx.selectFrom('jobs').select('key').where('id', '=', id))
    .returning('key')
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
