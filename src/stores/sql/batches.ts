import { sql, type ExpressionBuilder } from 'kysely'
import { ParallaxError } from '../../core/errors.ts'
import { localTenant, type Batch, type BatchDetails, type BatchFilter } from '../../core/jobs.ts'
import { readBatch, soundBatch } from '../ledger-rows.ts'
import type { Database, LedgerTables, Tx } from '../ledger-tables.ts'
import { sealOf } from '../seals.ts'
import { now } from './clock.ts'

export async function openBatch(tx: Tx, id: string, given: Partial<BatchDetails> = {}): Promise<Batch> {
  const { tenant = localTenant, callback = null, request = null, priority = 0 } = given
  const { name = null, reference = null, metadata = null } = given
  const created_at = now()
  const callback_due_at = callback === null ? null : created_at
  const said = { name, reference, metadata: metadata && JSON.stringify(metadata) }
  const details = { id, tenant, callback, request, created_at, ...said }
  const told = { callback_due_at, callback_attempts: 0, callback_again: 0 }
  await tx
    .insertInto('batches')
    .values({ ...details, ...told, priority, seal: sealOf('batches', details) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return requireBatch(tx, id)
}

export async function requireBatch(db: Database, id: string): Promise<Batch> {
  const found = await batch(db, id)
  if (found) return found
  throw new ParallaxError('E_NOT_FOUND', `There is no batch "${id}".`)
}

export async function batch(db: Database, id: string): Promise<Batch | null> {
  const row = await db.selectFrom('batches').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? readBatch(row) : null
}

/** Whether a text stands in a column, whatever its case, as far as ASCII goes. */
export const has = (column: string, text: string) =>
  sql<boolean>`lower(${sql.ref(column)}) like ${`%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`

export async function batches(
  db: Database,
  { tenant, search, status, limit = 100, after }: BatchFilter,
): Promise<Batch[]> {
  let query = db
    .selectFrom('batches')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (tenant !== undefined) query = query.where('tenant', '=', tenant)
  if (search !== undefined) query = query.where((e) => found(e, search))
  if (status !== undefined)
    query = query.where((e) =>
      e.exists(
        e
          .selectFrom('jobs')
          .select('id')
          .whereRef('batch_id', '=', 'batches.id')
          .where('status', '=', status),
      ),
    )
  if (after !== undefined) {
    const last = await batch(db, after)
    if (!last || (tenant !== undefined && last.tenant !== tenant)) {
      throw new ParallaxError('E_BAD_REQUEST', `There is no batch "${after}" to continue the list after.`)
    }
    query = query.where(sql<boolean>`(created_at, id) < (${last.createdAt}, ${last.id})`)
  }
  return (await query.execute()).flatMap((row) => soundBatch(row) ?? [])
}

/** Looked for in every batch of the tenant: there are far fewer of them than of documents. */
const found = (e: ExpressionBuilder<LedgerTables, 'batches'>, search: string) =>
  e.or([
    e('batches.id', '=', search),
    has('batches.name', search),
    has('batches.reference', search),
    has('batches.metadata', search),
    e.exists(
      e
        .selectFrom('jobs')
        .select('jobs.id')
        .whereRef('jobs.batch_id', '=', 'batches.id')
        .where(has('jobs.file', search)),
    ),
  ])
