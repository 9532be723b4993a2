import { sql, type SqlBool } from 'kysely'
import { claimMs, type Turn } from '../../core/jobs.ts'
import type { Database } from '../ledger-tables.ts'

/** Written out, since an index of part of a table serves only a query that names the part. */
const isQueued = sql<SqlBool>`jobs.status = 'queued'`

/** One step of the index a tenant, however many documents each has. */
async function tenantsThatWait(db: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ tenant: string }>`WITH RECURSIVE waiting (tenant) AS (
      SELECT min(tenant) FROM jobs WHERE status = 'queued'
      UNION ALL
      SELECT (SELECT min(tenant) FROM jobs WHERE status = 'queued' AND tenant > waiting.tenant)
      FROM waiting WHERE waiting.tenant IS NOT NULL
    )
    SELECT tenant FROM waiting WHERE tenant IS NOT NULL`.execute(db)
  return rows.map(({ tenant }) => tenant)
}

const being = (db: Database) => db.selectFrom('jobs').where('status', 'in', ['running', 'reprocessing'])

async function runningByTenant(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await being(db).select(['tenant', 'key']).execute()
  const keys = new Map<string, Set<string>>()
  for (const { tenant, key } of rows) keys.set(tenant, (keys.get(tenant) ?? new Set()).add(key))
  return new Map([...keys].map(([tenant, own]) => [tenant, own.size]))
}

/** Keys of a tenant that wait, but for those which a job that came earlier has had claimed. */
async function keysOf(db: Database, tenant: string, limit: number): Promise<readonly string[]> {
  const abandonedBefore = new Date(Date.now() - claimMs).toISOString()
  const rows = await db
    .selectFrom('jobs')
    .innerJoin('works', 'works.key', 'jobs.key')
    .select('jobs.key')
    .where(isQueued)
    .where('jobs.tenant', '=', tenant)
    .where((e) => e.or([e('works.token', 'is', null), e('works.touched_at', '<=', abandonedBefore)]))
    .orderBy('jobs.priority', 'desc')
    .orderBy('jobs.opened_at')
    .orderBy('jobs.batch_id')
    .orderBy('jobs.position')
    .limit(limit)
    .execute()
  return [...new Set(rows.map(({ key }) => key))]
}

export async function turns(db: Database, limit: number): Promise<Turn[]> {
  const running = await runningByTenant(db)
  const all: Turn[] = []
  for (const tenant of await tenantsThatWait(db)) {
    const keys = await keysOf(db, tenant, limit)
    if (keys.length > 0) all.push({ tenant, running: running.get(tenant) ?? 0, keys })
  }
  return all
}

/** What is being read is little, however much waits: it is sorted here. */
export async function abandoned(db: Database, before: string, limit: number): Promise<string[]> {
  const rows = await being(db)
    .innerJoin('works', 'works.key', 'jobs.key')
    .select(['works.key', 'works.touched_at'])
    .where('works.touched_at', '<', before)
    .execute()
  const oldestFirst = rows.sort((a, b) => (a.touched_at! < b.touched_at! ? -1 : 1))
  return [...new Set(oldestFirst.map(({ key }) => key))].slice(0, limit)
}

export async function countQueued(db: Database, tenant?: string): Promise<number> {
  let query = db
    .selectFrom('jobs')
    .select((e) => e.fn.countAll().as('count'))
    .where(isQueued)
  if (tenant !== undefined) query = query.where('tenant', '=', tenant)
  return Number((await query.executeTakeFirstOrThrow()).count)
}
