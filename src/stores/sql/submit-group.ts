import { sql } from 'kysely'
import type { SubmittedBatch } from '../../core/jobs.ts'
import type { Submission } from '../grouped-submissions.ts'
import type { Tx } from '../ledger-tables.ts'
import { submitAll } from './submit.ts'

/** Submits one batch after the other; one that fails leaves nothing behind, and the others as they are, unless it was raced. */
export async function submitGroup(
  tx: Tx,
  group: readonly Submission[],
  isRaced: (error: unknown) => boolean,
): Promise<PromiseSettledResult<SubmittedBatch>[]> {
  const outcomes: PromiseSettledResult<SubmittedBatch>[] = []
  for (const { batchId, details, files } of group) {
    const outcome = await apart(tx, () => submitAll(tx, batchId, details, files))
    if (outcome.status === 'rejected' && isRaced(outcome.reason)) throw outcome.reason
    outcomes.push(outcome)
  }
  return outcomes
}

async function apart<T>(tx: Tx, use: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  await sql`savepoint apart`.execute(tx)
  try {
    const value = await use()
    await sql`release savepoint apart`.execute(tx)
    return { status: 'fulfilled', value }
  } catch (reason) {
    // Where the whole transaction is gone (a full disk), so is its savepoint, and what went wrong befell all.
    await sql`rollback to savepoint apart`.execute(tx).catch(() => Promise.reject(reason as Error))
    return { status: 'rejected', reason }
  }
}
