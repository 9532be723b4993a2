import type { Callback, CallbackStore } from '../../core/callbacks.ts'
import { unfinished } from '../../core/jobs.ts'
import { readBatch } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { now } from './clock.ts'

/** The callbacks of batches in the ledger's database. */
export const sqlCallbacks = (db: Database): CallbackStore => ({
  take: (at, until, limit) => db.transaction().execute((tx) => take(tx, at, until, limit)),
  settle: (batchId, failure) => db.transaction().execute((tx) => settle(tx, batchId, failure)),
  postpone: (batchId, at) => db.transaction().execute((tx) => postpone(tx, batchId, at)),
})

async function settle(tx: Tx, batchId: string, failure: string | null): Promise<void> {
  await tx
    .updateTable('batches')
    .set({ callback_due_at: null, callback_settled_at: now(), callback_failure: failure })
    .where('id', '=', batchId)
    .where('callback_settled_at', 'is', null)
    .execute()
}

async function postpone(tx: Tx, batchId: string, at: string): Promise<void> {
  await tx
    .updateTable('batches')
    .set((e) => ({ callback_due_at: at, callback_attempts: e('callback_attempts', '+', 1) }))
    .where('id', '=', batchId)
    .where('callback_due_at', 'is not', null)
    .execute()
}

async function take(tx: Tx, at: string, until: string, limit: number): Promise<Callback[]> {
  const taken: Callback[] = []
  for (const { id, callback_due_at: dueAt } of await due(tx, at, limit)) {
    // Unless another transaction took it in between.
    const row = await tx
      .updateTable('batches')
      .set({ callback_due_at: until })
      .where('id', '=', id)
      .where('callback_due_at', '=', dueAt)
      .returningAll()
      .executeTakeFirst()
    if (row?.callback)
      taken.push({ batch: readBatch(row), url: row.callback, attempts: row.callback_attempts })
  }
  return taken
}

const due = (tx: Tx, at: string, limit: number) =>
  tx
    .selectFrom('batches')
    .select(['id', 'callback_due_at'])
    .where('callback_due_at', '<=', at)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('jobs').select('jobs.id').whereRef('batch_id', '=', 'batches.id')),
    )
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('jobs')
            .select('jobs.id')
            .whereRef('batch_id', '=', 'batches.id')
            .where('status', 'in', unfinished),
        ),
      ),
    )
    .orderBy('callback_due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
