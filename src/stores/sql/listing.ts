import { sql } from 'kysely'
import { ParallaxError } from '../../core/errors.ts'
import { jobStatusSchema, type Job, type JobFilter, type JobScope, type JobStatus } from '../../core/jobs.ts'
import { readCount, readJob } from '../ledger-rows.ts'
import type { Database } from '../ledger-tables.ts'
import { has } from './batches.ts'

export async function get(db: Database, id: string): Promise<Job | null> {
  const row = await db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? readJob(row) : null
}

/**
 * Every filter reads `limit` index entries and no more, several states as many each, and a search those that it passes
 * over: no list is sorted as a whole.
 */
export async function list(db: Database, filter: JobFilter): Promise<Job[]> {
  const { status, search, limit = 100, after } = filter
  const place = after === undefined ? null : await placeOf(db, after, filter)
  const ofScope = inScope(db, filter, place).limit(limit)
  const query = search === undefined ? ofScope : ofScope.where(has('jobs.file', search))
  const [first, ...others] = status ? [...new Set(status)].map((s) => query.where('status', '=', s)) : [query]
  if (!first) return []
  const rows = others.length === 0 ? first : merged(db, first, others).limit(limit)
  return (await rows.execute()).map(readJob)
}

type JobQuery = ReturnType<typeof inScope>

/** What each query finds, in one order. */
function merged(db: Database, first: JobQuery, others: readonly JobQuery[]) {
  const part = (query: JobQuery) => db.selectFrom(query.as('part')).selectAll('part')
  return others
    .reduce((all, other) => all.unionAll(part(other)), part(first))
    .orderBy('opened_at')
    .orderBy('batch_id')
    .orderBy('position')
}

interface Place {
  readonly opened_at: string
  readonly batch_id: string
  readonly position: number
}

async function placeOf(db: Database, id: string, { tenant, batchId }: JobFilter): Promise<Place> {
  const place = await db
    .selectFrom('jobs')
    .select(['tenant', 'opened_at', 'batch_id', 'position'])
    .where('id', '=', id)
    .executeTakeFirst()
  const isListed =
    place !== undefined &&
    (tenant === undefined || tenant === place.tenant) &&
    (batchId === undefined || batchId === place.batch_id)
  if (isListed) return place
  throw new ParallaxError('E_BAD_REQUEST', `There is no job "${id}" to continue the list after.`)
}

function inScope(db: Database, scope: JobScope, after: Place | null) {
  const query = db.selectFrom('jobs').selectAll('jobs')
  if (scope.batchId !== undefined) {
    const ofBatch = query.where('batch_id', '=', batchOf(db, scope.batchId, scope.tenant)).orderBy('position')
    return after ? ofBatch.where('position', '>', after.position) : ofBatch
  }
  const ofTenant = scope.tenant === undefined ? query : query.where('tenant', '=', scope.tenant)
  const ordered = ofTenant.orderBy('opened_at').orderBy('batch_id').orderBy('position')
  if (!after) return ordered
  return ordered.where(
    sql<boolean>`(opened_at, batch_id, position) > (${after.opened_at}, ${after.batch_id}, ${after.position})`,
  )
}

/** The batch where it is this tenant's; asked of the batch, so that the index of its jobs serves both. */
function batchOf(db: Database, id: string, tenant: string | undefined) {
  const query = db.selectFrom('batches').select('id').where('id', '=', id)
  return tenant === undefined ? query : query.where('tenant', '=', tenant)
}

export async function counts(
  db: Database,
  { tenant, batchId }: JobScope,
): Promise<Record<JobStatus, number>> {
  let query = db
    .selectFrom('jobs')
    .select((e) => ['status', e.fn.countAll().as('count')])
    .groupBy('status')
  if (batchId !== undefined) query = query.where('batch_id', '=', batchOf(db, batchId, tenant))
  else if (tenant !== undefined) query = query.where('tenant', '=', tenant)
  const counted = (await query.execute()).map(readCount)
  const of = (status: JobStatus): number =>
    counted.reduce((sum, row) => (row.status === status ? sum + row.count : sum), 0)
  return Object.fromEntries(jobStatusSchema.options.map((s) => [s, of(s)])) as Record<JobStatus, number>
}

export async function storedAt(db: Database, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await db.selectFrom('results').select(['key', 'created_at']).where('key', 'in', keys).execute()
  return new Map(rows.map(({ key, created_at }) => [key, created_at]))
}

export async function oldestQueued(db: Database, tenant: string): Promise<string | null> {
  const row = await db
    .selectFrom('jobs')
    .select('opened_at')
    .where('tenant', '=', tenant)
    .where('status', '=', 'queued')
    .orderBy('opened_at')
    .limit(1)
    .executeTakeFirst()
  return row?.opened_at ?? null
}
