import { randomUUID } from 'node:crypto'
import { ParallaxError } from '../../core/errors.ts'
import { claimMs, unfinished, type Claim, type JobStatus, type Result, type Work } from '../../core/jobs.ts'
import type { Attempt } from '../../core/judging.ts'
import { readClaim, readResult, readWork } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { now } from './clock.ts'
import { moveJobs, queued } from './standing.ts'

/** That somebody waits for the work: its key is among these. */
const wanted = (tx: Tx, key: string) =>
  tx.selectFrom('jobs').select('key').where('key', '=', key).where('status', 'in', unfinished)

const claimMsAgo = (): string => new Date(Date.now() - claimMs).toISOString()

export async function claim(tx: Tx, key: string, abandonedBefore = claimMsAgo()): Promise<Claim | null> {
  const work = await tx
    .updateTable('works')
    .set({ token: randomUUID(), touched_at: now() })
    .where('key', '=', key)
    .where('key', 'in', wanted(tx, key))
    .where((e) => e.or([e('token', 'is', null), e('touched_at', '<=', abandonedBefore)]))
    .returningAll()
    .executeTakeFirst()
  if (!work) return null
  const status = work.attempts === null ? 'running' : 'reprocessing'
  await moveJobs(tx, key, unfinished, { ...queued, status })
  return readClaim(work)
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

export async function reprocess(
  tx: Tx,
  key: string,
  token: string,
  attempts: readonly Attempt[],
): Promise<boolean> {
  if (!(await holdToken(tx, key, token, null))) return false
  await tx
    .updateTable('works')
    .set({ attempts: JSON.stringify(attempts) })
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

export async function died(tx: Tx, key: string): Promise<number> {
  const work = await tx
    .updateTable('works')
    .set((e) => ({ deaths: e('deaths', '+', 1), touched_at: now() }))
    .where('key', '=', key)
    .returning('deaths')
    .executeTakeFirst()
  if (!work) throw new ParallaxError('E_NOT_FOUND', `There is no work with the key "${key}".`)
  return work.deaths
}

export async function finish(
  tx: Tx,
  key: string,
  token: string,
  status: JobStatus,
  result: Result,
  urgency = 0,
): Promise<boolean> {
  if (!(await holdToken(tx, key, token, null))) return false
  const standing = { status, error: result.error && JSON.stringify(result.error), urgency }
  await tx
    .insertInto('results')
    .values({ key, ...standing, result: JSON.stringify(result), created_at: now() })
    .execute()
  await tx.updateTable('works').set({ touched_at: null, attempts: null }).where('key', '=', key).execute()
  await moveJobs(tx, key, unfinished, standing)
  return true
}

/** Replaces the token where it is still the current one; false where a later claim has made it stale. */
async function holdToken(tx: Tx, key: string, token: string, next: string | null): Promise<boolean> {
  const updated = await tx
    .updateTable('works')
    .set({ token: next, touched_at: now() })
    .where('key', '=', key)
    .where('token', '=', token)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

export async function result(db: Database, key: string): Promise<Result | null> {
  const row = await db.selectFrom('results').select('result').where('key', '=', key).executeTakeFirst()
  return row ? readResult(row.result) : null
}

export async function work(db: Database, key: string): Promise<Work | null> {
  const row = await db.selectFrom('works').selectAll().where('key', '=', key).executeTakeFirst()
  return row ? readWork(row) : null
}
