import { sql } from 'kysely'
import { z } from 'zod'
import { soundBatch, soundJob } from '../ledger-rows.ts'
import type { Tx } from '../ledger-tables.ts'
import { withSeal } from '../seals.ts'
import type { JobRow } from './change-jobs.ts'
import { now } from './clock.ts'
import { untouched, type Standing } from './standing.ts'

/** Puts a job where its key stands, whatever it was; what of a damaged one others know as well is theirs again. */
export async function beginAnew(
  tx: Tx,
  row: JobRow,
  standing: Standing,
  changes: Partial<JobRow> = {},
): Promise<void> {
  const whole = soundJob(row) === null ? await mended(tx, row) : row
  const after = { ...whole, ...changes, ...standing, ...untouched, updated_at: now() }
  const { id, ...columns } = withSeal('jobs', after)
  await tx.updateTable('jobs').set(columns).where('id', '=', id).execute()
}

const positionSchema = z.int().min(0)
const timeSchema = z.iso.datetime()

async function mended(tx: Tx, row: JobRow): Promise<JobRow> {
  const found = await tx.selectFrom('batches').selectAll().where('id', '=', row.batch_id).executeTakeFirst()
  const batch = found && soundBatch(found)
  return {
    ...row,
    ...(batch && { tenant: batch.tenant, opened_at: batch.createdAt }),
    position: positionSchema.safeParse(row.position).success
      ? row.position
      : await nextPlace(tx, row.batch_id),
    created_at: timeSchema.safeParse(row.created_at).success ? row.created_at : now(),
  }
}

/** Behind all others of its batch. */
async function nextPlace(tx: Tx, batchId: string): Promise<number> {
  const { last } = await tx
    .selectFrom('jobs')
    .select(sql<number | null>`max(position)`.as('last'))
    .where('batch_id', '=', batchId)
    // SQLite keeps what is damaged as whatever it looks like.
    .where('position', '=', sql<number>`cast(position as integer)`)
    .executeTakeFirstOrThrow()
  return Math.max(0, (last ?? -1) + 1)
}
