import { sql } from 'kysely'
import type { Job, JobFilter, JobStatus } from '../../core/jobs.ts'
import { soundJob } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { jobRow } from './change-jobs.ts'
import { now } from './clock.ts'
import { isDamagedResult } from './standing.ts'

/** Written out, since an index of part of a table serves only a query that names the part. */
const needsReview = sql.lit<JobStatus>('needs_review')

const inOrder = (db: Database, tenant: string | undefined) => {
  const query = db
    .selectFrom('jobs')
    .selectAll()
    .where('status', '=', needsReview)
    .orderBy('skipped')
    .orderBy('urgency', 'desc')
    .orderBy('opened_at')
    .orderBy('batch_id')
    .orderBy('position')
  return tenant === undefined ? query : query.where('tenant', '=', tenant)
}

export async function reviewQueue(
  db: Database,
  { tenant, limit = 100 }: Pick<JobFilter, 'tenant' | 'limit'>,
): Promise<Job[]> {
  return (await inOrder(db, tenant).limit(limit).execute()).flatMap((row) => soundJob(row) ?? [])
}

export interface HoldFilter {
  readonly tenant?: string
  readonly not?: string
}

export async function holdReview(tx: Tx, by: string, until: string, filter: HoldFilter): Promise<Job | null> {
  const held = await heldBy(tx, by, filter)
  const again = held === null ? null : await hold(tx, held, by, until)
  if (again) return again
  const passed: string[] = []
  for (;;) {
    const candidate = await firstFree(tx, filter, passed)
    if (candidate === null) return null
    const job = await hold(tx, candidate, by, until)
    if (job) return job
    passed.push(candidate)
  }
}

async function heldBy(tx: Tx, by: string, { tenant, not }: HoldFilter): Promise<string | null> {
  let query = tx
    .selectFrom('jobs')
    .select('id')
    .where('held_by', '=', by)
    .where('held_until', '>', now())
    .where('status', '=', needsReview)
    .orderBy('held_until')
    .limit(1)
  if (tenant !== undefined) query = query.where('tenant', '=', tenant)
  if (not !== undefined) query = query.where('id', '!=', not)
  return (await query.executeTakeFirst())?.id ?? null
}

/** Without those that cannot be held, and those that others are just taking. */
async function firstFree(
  tx: Tx,
  { tenant, not }: HoldFilter,
  passed: readonly string[],
): Promise<string | null> {
  const without = not === undefined ? passed : [...passed, not]
  let query = inOrder(tx, tenant)
    .where((e) => e.or([e('held_by', 'is', null), e('held_until', '<=', now())]))
    .limit(1)
    .forUpdate()
    .skipLocked()
  if (without.length > 0) query = query.where('id', 'not in', without)
  return (await query.executeTakeFirst())?.id ?? null
}

/** Null for one that is damaged. */
async function hold(tx: Tx, id: string, by: string, until: string): Promise<Job | null> {
  const row = await jobRow(tx, id)
  const job = row && soundJob(row)
  if (!job || (await isDamagedResult(tx, job.key))) return null
  const updated = await tx
    .updateTable('jobs')
    .set({ held_by: by, held_until: until })
    .where('id', '=', id)
    .where('status', '=', needsReview)
    .where((e) => e.or([e('held_by', 'is', null), e('held_by', '=', by), e('held_until', '<=', now())]))
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n ? job : null
}

export async function skipReview(tx: Tx, id: string, by: string): Promise<boolean> {
  const skipped = await tx
    .updateTable('jobs')
    .set((e) => ({ skipped: e('skipped', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', needsReview)
    .executeTakeFirst()
  await tx
    .updateTable('jobs')
    .set({ held_by: null, held_until: null })
    .where('id', '=', id)
    .where('held_by', '=', by)
    .execute()
  return skipped.numUpdatedRows === 1n
}
