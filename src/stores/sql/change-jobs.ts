import type { Selectable, Updateable } from 'kysely'
import type { LedgerTables, Tx } from '../ledger-tables.ts'
import { isSound, sealOf } from '../seals.ts'
import { now } from './clock.ts'

export type JobRow = Selectable<LedgerTables['jobs']>
export type JobChanges = Omit<Updateable<LedgerTables['jobs']>, 'seal' | 'id'>

/** Changes jobs as they were read just now; answers how many. What is damaged stays so, whatever is changed of it. */
export async function changeJobs(tx: Tx, rows: readonly JobRow[], changes: JobChanges): Promise<number> {
  let changed = 0
  for (const row of rows) {
    const after = { updated_at: now(), ...changes }
    const seal = isSound('jobs', row) ? sealOf('jobs', { ...row, ...after } as JobRow) : row.seal
    const updated = await tx
      .updateTable('jobs')
      .set({ ...after, seal })
      .where('id', '=', row.id)
      .where('status', '=', row.status)
      .where('seal', '=', row.seal)
      .executeTakeFirst()
    changed += Number(updated.numUpdatedRows)
  }
  return changed
}

/** The row of a job, which no other transaction changes until this one ends. */
export async function jobRow(tx: Tx, id: string): Promise<JobRow | null> {
  return (await tx.selectFrom('jobs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null
}
