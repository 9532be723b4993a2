import { sql, type SqlBool } from 'kysely'
import type { Deleted, Job } from '../../core/jobs.ts'
import { readJob } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { holdJob } from './hold-work.ts'
import { needs, owe } from './removals.ts'

/** Written out, and as the index of the ended has it: an index of part of a table serves only a query that names the part. */
const ended = sql<SqlBool>`status not in ('queued', 'running', 'reprocessing', 'needs_review')`

export async function endedBefore(db: Database, before: string, limit: number): Promise<Job[]> {
  const rows = await db
    .selectFrom('jobs')
    .selectAll()
    .where(ended)
    .where('updated_at', '<', before)
    .orderBy('updated_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(readJob)
}

export async function deleteJob(tx: Tx, id: string): Promise<Deleted | null> {
  const row = await holdJob(tx, id)
  if (!row) return null
  const job = readJob(row)
  for (const table of ['corrections', 'decisions'] as const)
    await tx.deleteFrom(table).where('job_id', '=', id).execute()
  await tx.deleteFrom('jobs').where('id', '=', id).execute()
  await deleteEmptyBatch(tx, job.batchId)
  const blobs = await unused(tx, await deleteWorks(tx, job))
  await owe(tx, blobs)
  return { blobs }
}

async function deleteEmptyBatch(tx: Tx, id: string): Promise<void> {
  await tx
    .deleteFrom('batches')
    .where('id', '=', id)
    .where((e) => e.not(e.exists(e.selectFrom('jobs').select('id').where('batch_id', '=', id))))
    .execute()
}

type Inputs = Readonly<Record<'blob' | 'templates', string | null>>

/** The work of a job that is gone, and what it did before it started anew under another key, unless other jobs stand on it. */
async function deleteWorks(tx: Tx, { id, key }: Job): Promise<Inputs[]> {
  const works = await tx
    .selectFrom('works')
    .select(['key', 'blob', 'templates'])
    .where((e) => e.or([e('key', '=', key), e('left_by', '=', id)]))
    .where((e) => e.not(e.exists(e.selectFrom('jobs').select('id').whereRef('jobs.key', '=', 'works.key'))))
    .execute()
  for (const work of works) {
    await tx.deleteFrom('results').where('key', '=', work.key).execute()
    await tx.deleteFrom('works').where('key', '=', work.key).execute()
  }
  return works
}

async function unused(tx: Tx, works: readonly Inputs[]): Promise<string[]> {
  const blobs = new Set(works.flatMap(({ blob, templates }) => [blob, templates]))
  const free: string[] = []
  for (const blob of blobs) if (blob && !(await needs(tx, blob))) free.push(blob)
  return free
}
