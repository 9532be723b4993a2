import { randomUUID } from 'node:crypto'
import {
  leaseMs,
  unfinished,
  type Lease,
  type JobStatus,
  type StoredResult,
  type ToldWork,
  type Work,
} from '../../core/jobs.ts'
import type { Attempt } from '../../core/judging.ts'
import { damagedResult, damagedWork } from '../damage.ts'
import { soundLease, soundResult, soundWork } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { sealOfAttempts, withSeal } from '../seals.ts'
import { now } from './clock.ts'
import { holdWork } from './hold-work.ts'
import { failDamaged, jobOf, storeResult } from './store-result.ts'
import { moveJobs, queued } from './standing.ts'

/** That somebody waits for the work: its key is among these. */
const wanted = (tx: Tx, key: string) =>
  tx.selectFrom('jobs').select('key').where('key', '=', key).where('status', 'in', unfinished)

const leaseMsAgo = (): string => new Date(Date.now() - leaseMs).toISOString()

export async function lease(tx: Tx, key: string, abandonedBefore = leaseMsAgo()): Promise<Lease | null> {
  await holdWork(tx, key)
  const leased = await tx
    .updateTable('works')
    .set({ token: randomUUID(), touched_at: now() })
    .where('key', '=', key)
    .where('key', 'in', wanted(tx, key))
    .where((e) => e.or([e('token', 'is', null), e('touched_at', '<=', abandonedBefore)]))
    .executeTakeFirst()
  if (leased.numUpdatedRows === 0n) return null
  const row = await tx.selectFrom('works').selectAll().where('key', '=', key).executeTakeFirstOrThrow()
  const lease = soundLease(row)
  if (lease === null) await failDamaged(tx, key)
  else
    await moveJobs(tx, key, unfinished, {
      ...queued,
      status: row.attempts === null ? 'running' : 'reprocessing',
    })
  return lease
}

export async function renew(tx: Tx, key: string, token: string): Promise<boolean> {
  const renewed = await tx
    .updateTable('works')
    .set({ touched_at: now() })
    .where('key', '=', key)
    .where('token', '=', token)
    .where('key', 'in', wanted(tx, key))
    .executeTakeFirst()
  return renewed.numUpdatedRows === 1n
}

export async function retype(
  tx: Tx,
  key: string,
  token: string,
  { type, pipeline, templates, told }: ToldWork,
): Promise<boolean> {
  if (!(await holdToken(tx, key, token, token))) return false
  const row = await tx.selectFrom('works').selectAll().where('key', '=', key).executeTakeFirstOrThrow()
  const changed = {
    ...{ type_name: type.name, type_file: type.file, type_hash: type.hash, type_told: JSON.stringify(told) },
    ...{ pipeline, templates },
  }
  const { seal } = withSeal('works', { ...row, ...changed })
  await tx
    .updateTable('works')
    .set({ ...changed, seal })
    .where('key', '=', key)
    .execute()
  return true
}

export async function reprocess(
  tx: Tx,
  key: string,
  token: string,
  attempts: readonly Attempt[],
): Promise<boolean> {
  if (!(await holdToken(tx, key, token, null))) return false
  const text = JSON.stringify(attempts)
  await tx
    .updateTable('works')
    .set({ attempts: text, attempts_seal: sealOfAttempts(key, text) })
    .where('key', '=', key)
    .execute()
  await moveJobs(tx, key, ['running'], { ...queued, status: 'reprocessing' })
  return true
}

export async function release(tx: Tx, key: string, token: string): Promise<boolean> {
  if (!(await holdToken(tx, key, token, null))) return false
  await moveJobs(tx, key, unfinished, queued)
  return true
}

export async function recordCrash(tx: Tx, key: string): Promise<number> {
  const work = await tx
    .updateTable('works')
    .set((e) => ({ deaths: e('deaths', '+', 1), touched_at: now() }))
    .where('key', '=', key)
    .returning('deaths')
    .executeTakeFirst()
  return work?.deaths ?? 0
}

export async function finish(
  tx: Tx,
  key: string,
  token: string,
  status: JobStatus,
  result: StoredResult,
  reviewPriority = 0,
): Promise<boolean> {
  if (!(await holdToken(tx, key, token, null))) return false
  await storeResult(
    tx,
    key,
    { status, error: result.error && JSON.stringify(result.error), urgency: reviewPriority },
    result,
  )
  return true
}

/** Replaces the token where it is still the current one; false where a later lease has made it stale. */
async function holdToken(tx: Tx, key: string, token: string, next: string | null): Promise<boolean> {
  const updated = await tx
    .updateTable('works')
    .set({ token: next, touched_at: now() })
    .where('key', '=', key)
    .where('token', '=', token)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

export async function result(db: Database, key: string): Promise<StoredResult | null> {
  const row = await db.selectFrom('results').selectAll().where('key', '=', key).executeTakeFirst()
  if (!row) return null
  const read = soundResult(row)
  if (read === null) throw damagedResult(await jobOf(db, key))
  return read
}

export async function work(db: Database, key: string): Promise<Work | null> {
  const row = await db.selectFrom('works').selectAll().where('key', '=', key).executeTakeFirst()
  if (!row) return null
  const read = soundWork(row)
  if (read === null) throw damagedWork(await jobOf(db, key))
  return read
}
