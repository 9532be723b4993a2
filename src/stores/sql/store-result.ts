import type { ParallaxError } from '../../core/errors.ts'
import { unfinished, type JobStatus, type StoredResult } from '../../core/jobs.ts'
import { strategySchema } from '../../core/extraction-result.ts'
import { damagedResult, damagedWork } from '../damage.ts'
import { soundWork } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { withSeal } from '../seals.ts'
import { now } from './clock.ts'
import { moveJobs, type Standing } from './standing.ts'

/** Ends the work of a key: its unfinished jobs, or those in other states, stand by this result then. */
export async function storeResult(
  tx: Tx,
  key: string,
  standing: Standing,
  result: StoredResult,
  from: readonly JobStatus[] = unfinished,
): Promise<void> {
  const row = { key, ...standing, result: JSON.stringify(result), created_at: now() }
  const sealed = withSeal('results', row)
  await tx
    .insertInto('results')
    .values(sealed)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(sealed))
    .execute()
  await tx
    .updateTable('works')
    .set({ touched_at: null, attempts: null, attempts_seal: null })
    .where('key', '=', key)
    .execute()
  await moveJobs(tx, key, from, standing)
}

/** The id of one of the jobs of a key, for sentences. */
export async function jobOf(db: Database, key: string): Promise<string> {
  const job = await db
    .selectFrom('jobs')
    .select('id')
    .where('key', '=', key)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return job?.id ?? `of ${key}`
}

/** Ends work of which something is damaged as failed with E_DAMAGED. */
export async function failDamaged(
  tx: Tx,
  key: string,
  from: readonly JobStatus[] = unfinished,
): Promise<void> {
  const row = await tx.selectFrom('works').selectAll().where('key', '=', key).executeTakeFirst()
  const job = await jobOf(tx, key)
  const work = row ? soundWork(row) : null
  const damage = work === null ? damagedWork(job) : damagedResult(job)
  await tx.updateTable('works').set({ token: null }).where('key', '=', key).execute()
  const result = unread(damage, work?.type.name ?? '', strategySchema.catch('auto').parse(row?.route))
  const error = JSON.stringify(damage.toReport())
  await storeResult(tx, key, { status: 'failed', error, urgency: 0 }, result, from)
}

const unread = (damage: ParallaxError, documentType: string, route: StoredResult['route']): StoredResult => ({
  version: 1,
  documentType,
  route,
  reason: damage.message,
  verdict: 'failed',
  data: null,
  fields: {},
  flags: [],
  attempts: [],
  error: damage.toReport(),
  ms: 0,
})
