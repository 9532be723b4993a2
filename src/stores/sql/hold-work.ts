import type { Tx } from '../ledger-tables.ts'
import { RacedError } from '../transact.ts'
import { jobRow, type JobRow } from './change-jobs.ts'

/**
 * Until this transaction ends no other one leases the work of a key, ends it, or submits to it. Whoever changes works and
 * jobs holds the work first, so that two do not wait for each other.
 */
export async function holdWork(tx: Tx, key: string): Promise<void> {
  await tx.selectFrom('works').select('key').where('key', '=', key).forUpdate().execute()
}

/** A job and the work it stands on, both held; null where there is no such job. */
export async function holdJob(tx: Tx, id: string): Promise<JobRow | null> {
  const before = await tx.selectFrom('jobs').select('key').where('id', '=', id).executeTakeFirst()
  if (!before) return null
  await holdWork(tx, before.key)
  const row = await jobRow(tx, id)
  if (row && row.key !== before.key) throw new RacedError('The job stands on other work by now.')
  return row
}
