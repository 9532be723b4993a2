import type { Callback, CallbackStore } from '../../core/callbacks.ts'
import { unfinished } from '../../core/jobs.ts'
import { damagedBatch } from '../damage.ts'
import { soundBatch } from '../ledger-rows.ts'
import type { Tx } from '../ledger-tables.ts'
import type { Transact } from '../transact.ts'
import { now } from './clock.ts'

/** The callbacks of batches in the ledger's database. */
export const sqlCallbacks = (transact: Transact): CallbackStore => ({
  take: (at, until, limit) => transact((tx) => take(tx, at, until, limit)),
  settle: (batchId, failure) => transact((tx) => settle(tx, batchId, failure)),
  postpone: (batchId, at) => transact((tx) => postpone(tx, batchId, at)),
})

async function settle(tx: Tx, batchId: string, failure: string | null): Promise<void> {
  const updated = await tx
    .updateTable('batches')
    .set({ callback_due_at: null, callback_settled_at: now(), callback_failure: failure })
    .where('id', '=', batchId)
    .where('callback_due_at', 'is not', null)
    .executeTakeFirst()
  if (updated.numUpdatedRows !== 1n) return
  // What changed while the submitter was being told is told once more, and so is a job that began anew, when it has ended.
  if ((await hasChanged(tx, batchId)) || (await isUnfinished(tx, batchId))) await tellAgain(tx, [batchId])
}

async function hasChanged(tx: Tx, batchId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('batches')
    .select('callback_again')
    .where('id', '=', batchId)
    .executeTakeFirst()
  return row?.callback_again === 1
}

async function isUnfinished(tx: Tx, batchId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('jobs')
    .select('id')
    .where('batch_id', '=', batchId)
    .where('status', 'in', unfinished)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Has those be told once more who have been told already: jobs of these batches begin anew. */
export async function tellAgain(tx: Tx, batchIds: readonly string[]): Promise<void> {
  if (batchIds.length === 0) return
  // Whoever is telling of their end is waited for, and then told of.
  await tx.selectFrom('batches').select('id').where('id', 'in', batchIds).orderBy('id').forUpdate().execute()
  await tx
    .updateTable('batches')
    .set({ callback_due_at: now(), ...anew })
    .where('id', 'in', batchIds)
    .where('callback', 'is not', null)
    .where('callback_due_at', 'is', null)
    .execute()
}

const anew = { callback_attempts: 0, callback_failure: null }

/** Has those be told, at `at` (ISO 8601), who have been told of a batch before, or are being told: a person has decided otherwise. */
export async function tellChange(tx: Tx, batchId: string, at: string): Promise<void> {
  const batch = tx.updateTable('batches').where('id', '=', batchId).where('callback', 'is not', null)
  await batch.set({ callback_again: 1 }).where('callback_due_at', 'is not', null).execute()
  await batch
    .set({ callback_due_at: at, ...anew })
    .where('callback_due_at', 'is', null)
    .execute()
}

/** The time at which it was told before tells one end of a batch from the next. */
const idOf = (batchId: string, toldAt: string | null): string =>
  toldAt === null ? batchId : `${batchId}.${Date.parse(toldAt)}`

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
    const postponed = await tx
      .updateTable('batches')
      .set({ callback_due_at: until, callback_again: 0 })
      .where('id', '=', id)
      .where('callback_due_at', '=', dueAt)
      .executeTakeFirst()
    const callback = postponed.numUpdatedRows === 1n ? await callbackOf(tx, id) : null
    if (callback) taken.push(callback)
  }
  return taken
}

/** Null for a damaged batch, which is given up: nobody knows where to call. */
async function callbackOf(tx: Tx, id: string): Promise<Callback | null> {
  const row = await tx.selectFrom('batches').selectAll().where('id', '=', id).executeTakeFirst()
  const batch = row ? soundBatch(row) : null
  if (!row || !batch?.callback) {
    await settle(tx, id, damagedBatch(id).message)
    return null
  }
  const attempts = row.callback_attempts
  return { id: idOf(id, row.callback_settled_at), batch, url: batch.callback, attempts }
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
    .forUpdate()
    .skipLocked()
    .execute()
