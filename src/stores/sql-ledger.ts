import { randomUUID } from 'node:crypto'
import { sql, type Kysely, type Transaction } from 'kysely'
import { ParallaxError } from '../core/errors.ts'
import type { Attempt } from '../core/judging.ts'
import { isPassing, jobStatusSchema, unfinished } from '../core/jobs.ts'
import type {
  Batch,
  Claim,
  Correction,
  Job,
  JobFilter,
  JobStatus,
  JobStore,
  Result,
  Work,
} from '../core/jobs.ts'
import { newJobId } from './job-id.ts'
import {
  readClaim,
  readCorrection,
  readCount,
  readJob,
  readResult,
  readStanding,
  readWork,
  type LedgerTables,
} from './ledger-tables.ts'

type Database = Kysely<LedgerTables>
type Tx = Transaction<LedgerTables>

/** The job ledger in any SQL database whose tables `migrate` made; its errors are those of the database's driver. */
export function sqlLedger(db: Database): JobStore {
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.transaction().execute(work)
  return {
    openBatch: (id) => transact((tx) => openBatch(tx, id)),
    submit: (batchId, position, file, work) => transact((tx) => submit(tx, batchId, position, file, work)),
    get: (id) => get(db, id),
    list: (filter) => list(db, filter),
    counts: (batchId) => counts(db, batchId),
    claim: (key) => transact((tx) => claim(tx, key)),
    reprocess: (key, token, attempts) => transact((tx) => reprocess(tx, key, token, attempts)),
    release: (key, token) => transact((tx) => release(tx, key, token)),
    died: (key) => transact((tx) => died(tx, key)),
    finish: (key, token, status, result) => transact((tx) => finish(tx, key, token, status, result)),
    result: (key) => result(db, key),
    work: (key) => work(db, key),
    waiting: (before, limit) => waiting(db, before, limit),
    cancel: (id) => transact((tx) => cancel(tx, id)),
    retry: (id) => transact((tx) => retry(tx, id)),
    correct: (corrections) => transact((tx) => correct(tx, corrections)),
    corrections: (jobId) => corrections(db, jobId),
    closeReview: (id, status, by) => transact((tx) => closeReview(tx, id, status, by)),
    close: () => db.destroy(),
  }
}

const now = (): string => new Date().toISOString()

async function openBatch(tx: Tx, id: string): Promise<Batch> {
  await tx
    .insertInto('batches')
    .values({ id, created_at: now() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  const row = await tx.selectFrom('batches').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return { id: row.id, createdAt: row.created_at }
}

async function submit(tx: Tx, batchId: string, position: number, file: string, work: Work): Promise<Job> {
  await requireBatch(tx, batchId)
  await holdWork(tx, work)
  await dropPassing(tx, work.key)
  const fresh = {
    file,
    key: work.key,
    reviewed_by: null,
    updated_at: now(),
    ...(await standing(tx, work.key)),
  }
  await tx
    .insertInto('jobs')
    .values({ id: newJobId(), batch_id: batchId, position, created_at: now(), ...fresh })
    .onConflict((conflict) =>
      conflict.columns(['batch_id', 'position']).doUpdateSet(fresh).where('jobs.key', '!=', work.key),
    )
    .execute()
  const row = await tx
    .selectFrom('jobs')
    .selectAll()
    .where('batch_id', '=', batchId)
    .where('position', '=', position)
    .executeTakeFirstOrThrow()
  return readJob(row)
}

async function requireBatch(tx: Tx, id: string): Promise<void> {
  const row = await tx.selectFrom('batches').select('id').where('id', '=', id).executeTakeFirst()
  if (!row) throw new ParallaxError('E_NOT_FOUND', `There is no batch "${id}".`)
}

/** Records the work or finds it; either way no other transaction changes its jobs until this one ends. */
async function holdWork(tx: Tx, work: Work): Promise<void> {
  const { key, blob, type, route, ocr, vlm, pipeline, templates } = work
  await tx
    .insertInto('works')
    .values({
      key,
      blob,
      type_name: type.name,
      type_file: type.file,
      type_hash: type.hash,
      route,
      ocr,
      vlm,
      pipeline,
      templates,
      token: null,
      attempts: null,
      deaths: 0,
      touched_at: now(),
    })
    // The same type may lie in another file by now.
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ type_file: type.file }))
    .execute()
}

async function dropPassing(tx: Tx, key: string): Promise<void> {
  const row = await standingRow(tx, key)
  if (!row) return
  const { status, error } = readStanding(row)
  if (status === 'failed' && error !== null && isPassing(error)) await dropResult(tx, key)
}

/** Queues the jobs that ended by the result which is dropped. */
async function dropResult(tx: Tx, key: string): Promise<void> {
  await tx.deleteFrom('results').where('key', '=', key).execute()
  await tx.updateTable('works').set({ deaths: 0, touched_at: now() }).where('key', '=', key).execute()
  await moveJobs(tx, key, ['failed', 'quarantined'], 'queued')
}

/** What a job of this key starts as: queued, or ended at once when there is a result. */
async function standing(tx: Tx, key: string): Promise<{ status: JobStatus; error: string | null }> {
  const row = await standingRow(tx, key)
  if (!row) return { status: 'queued', error: null }
  return { status: readStanding(row).status, error: row.error }
}

const standingRow = (tx: Tx, key: string) =>
  tx.selectFrom('results').select(['status', 'error']).where('key', '=', key).executeTakeFirst()

async function get(db: Database, id: string): Promise<Job | null> {
  const row = await db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? readJob(row) : null
}

async function list(db: Database, { batchId, status, limit = 100, after }: JobFilter): Promise<Job[]> {
  let query = db
    .selectFrom('jobs')
    .innerJoin('batches', 'batches.id', 'jobs.batch_id')
    .selectAll('jobs')
    .orderBy('batches.created_at')
    .orderBy('batches.id')
    .orderBy('jobs.position')
    .limit(limit)
  if (batchId !== undefined) query = query.where('jobs.batch_id', '=', batchId)
  if (status !== undefined) query = query.where('jobs.status', 'in', status)
  if (after !== undefined) {
    const place = await placeOf(db, after)
    query = query.where(
      sql<boolean>`(batches.created_at, batches.id, jobs.position) > (${place.created_at}, ${place.batch_id}, ${place.position})`,
    )
  }
  return (await query.execute()).map(readJob)
}

async function placeOf(db: Database, id: string) {
  const place = await db
    .selectFrom('jobs')
    .innerJoin('batches', 'batches.id', 'jobs.batch_id')
    .select(['batches.created_at', 'jobs.batch_id', 'jobs.position'])
    .where('jobs.id', '=', id)
    .executeTakeFirst()
  if (!place) throw new ParallaxError('E_BAD_REQUEST', `There is no job "${id}" to continue the list after.`)
  return place
}

async function counts(db: Database, batchId?: string): Promise<Record<JobStatus, number>> {
  let query = db
    .selectFrom('jobs')
    .select((e) => ['status', e.fn.countAll().as('count')])
    .groupBy('status')
  if (batchId !== undefined) query = query.where('batch_id', '=', batchId)
  const counted = (await query.execute()).map(readCount)
  const of = (status: JobStatus): number => counted.find((row) => row.status === status)?.count ?? 0
  return Object.fromEntries(jobStatusSchema.options.map((s) => [s, of(s)])) as Record<JobStatus, number>
}

async function claim(tx: Tx, key: string): Promise<Claim | null> {
  const work = await tx
    .updateTable('works')
    .set({ token: randomUUID(), touched_at: now() })
    .where('key', '=', key)
    .where(
      'key',
      'in',
      tx.selectFrom('jobs').select('key').where('key', '=', key).where('status', 'in', unfinished),
    )
    .returningAll()
    .executeTakeFirst()
  if (!work) return null
  await moveJobs(tx, key, unfinished, work.attempts === null ? 'running' : 'reprocessing')
  return readClaim(work)
}

async function reprocess(tx: Tx, key: string, token: string, attempts: readonly Attempt[]): Promise<boolean> {
  if (!(await holdToken(tx, key, token, null))) return false
  await tx
    .updateTable('works')
    .set({ attempts: JSON.stringify(attempts) })
    .where('key', '=', key)
    .execute()
  await moveJobs(tx, key, ['running'], 'reprocessing')
  return true
}

async function release(tx: Tx, key: string, token: string): Promise<boolean> {
  if (!(await holdToken(tx, key, token, null))) return false
  await moveJobs(tx, key, unfinished, 'queued')
  return true
}

async function died(tx: Tx, key: string): Promise<number> {
  const work = await tx
    .updateTable('works')
    .set((e) => ({ deaths: e('deaths', '+', 1), touched_at: now() }))
    .where('key', '=', key)
    .returning('deaths')
    .executeTakeFirst()
  if (!work) throw new ParallaxError('E_NOT_FOUND', `There is no work with the key "${key}".`)
  return work.deaths
}

async function finish(
  tx: Tx,
  key: string,
  token: string,
  status: JobStatus,
  result: Result,
): Promise<boolean> {
  if (!(await holdToken(tx, key, token, null))) return false
  const error = result.error && JSON.stringify(result.error)
  await tx
    .insertInto('results')
    .values({ key, status, error, result: JSON.stringify(result), created_at: now() })
    .execute()
  await tx.updateTable('works').set({ touched_at: null, attempts: null }).where('key', '=', key).execute()
  await moveJobs(tx, key, unfinished, status, error)
  return true
}

/** Replaces the token where it is still the current one; false where a later claim has made it stale. */
async function holdToken(tx: Tx, key: string, token: string, next: string | null): Promise<boolean> {
  const updated = await tx
    .updateTable('works')
    .set({ token: next, touched_at: now() })
    .where('key', '=', key)
    .where('token', '=', token)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

async function moveJobs(
  tx: Tx,
  key: string,
  from: readonly JobStatus[],
  status: JobStatus,
  error: string | null = null,
): Promise<void> {
  await tx
    .updateTable('jobs')
    .set({ status, error, updated_at: now() })
    .where('key', '=', key)
    .where('status', 'in', from)
    .execute()
}

async function result(db: Database, key: string): Promise<Result | null> {
  const row = await db.selectFrom('results').select('result').where('key', '=', key).executeTakeFirst()
  return row ? readResult(row.result) : null
}

async function work(db: Database, key: string): Promise<Work | null> {
  const row = await db.selectFrom('works').selectAll().where('key', '=', key).executeTakeFirst()
  return row ? readWork(row) : null
}

async function waiting(db: Database, before: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('works')
    .select('key')
    .where('touched_at', '<', before)
    .where((e) =>
      e.exists(
        e
          .selectFrom('jobs')
          .select('id')
          .whereRef('jobs.key', '=', 'works.key')
          .where('status', 'in', unfinished),
      ),
    )
    .orderBy('touched_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.key)
}

const cancellable: readonly JobStatus[] = [...unfinished, 'needs_review']

async function cancel(tx: Tx, id: string): Promise<boolean> {
  const updated = await tx
    .updateTable('jobs')
    .set({ status: 'cancelled', updated_at: now() })
    .where('id', '=', id)
    .where('status', 'in', cancellable)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

const restartable: readonly JobStatus[] = ['failed', 'quarantined', 'cancelled', 'rejected']
const standsOnResult: readonly JobStatus[] = ['accepted', 'needs_review', 'reviewed']

async function retry(tx: Tx, id: string): Promise<boolean> {
  const key = await holdWorkOf(tx, id)
  const job = await get(tx, id)
  if (key === null || job === null || !restartable.includes(job.status)) return false
  if (!(await isSharedResult(tx, key))) await dropResult(tx, key)
  await tx
    .updateTable('jobs')
    .set({ ...(await standing(tx, key)), reviewed_by: null, updated_at: now() })
    .where('id', '=', id)
    .execute()
  return true
}

async function holdWorkOf(tx: Tx, id: string): Promise<string | null> {
  const work = await tx
    .updateTable('works')
    .set({ touched_at: now() })
    .where('key', 'in', tx.selectFrom('jobs').select('key').where('id', '=', id))
    .returning('key')
    .executeTakeFirst()
  return work?.key ?? null
}

/** Whether a job of the key still stands on its result, which then must stay. */
async function isSharedResult(tx: Tx, key: string): Promise<boolean> {
  const row = await tx
    .selectFrom('jobs')
    .select('id')
    .where('key', '=', key)
    .where('status', 'in', standsOnResult)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function correct(tx: Tx, corrections: readonly Correction[]): Promise<void> {
  for (const correction of corrections) await correctOne(tx, correction)
}

async function correctOne(tx: Tx, { jobId, field, before, after, by, at }: Correction): Promise<void> {
  const job = await tx
    .updateTable('jobs')
    .set({ updated_at: now() })
    .where('id', '=', jobId)
    .where('status', '=', 'needs_review')
    .returning('key')
    .executeTakeFirst()
  if (!job) throw await notCorrectable(tx, jobId)
  const { count } = await tx
    .selectFrom('corrections')
    .select((e) => e.fn.countAll().as('count'))
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('corrections')
    .values({
      job_id: jobId,
      sequence: Number(count),
      key: job.key,
      field,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      corrected_by: by,
      corrected_at: at,
    })
    .execute()
}

async function notCorrectable(tx: Tx, id: string): Promise<ParallaxError> {
  const job = await get(tx, id)
  if (!job) return new ParallaxError('E_NOT_FOUND', `There is no job "${id}" to correct.`)
  return new ParallaxError(
    'E_CONFLICT',
    `Job ${id} is ${job.status}: it waits for no review, so nothing of it can be corrected.`,
  )
}

/** Those of the job's present key: after a resubmission with other bytes, older ones speak of another document. */
async function corrections(db: Database, jobId: string): Promise<Correction[]> {
  const rows = await db
    .selectFrom('corrections')
    .innerJoin('jobs', (join) =>
      join.onRef('jobs.id', '=', 'corrections.job_id').onRef('jobs.key', '=', 'corrections.key'),
    )
    .selectAll('corrections')
    .where('corrections.job_id', '=', jobId)
    .orderBy('corrections.sequence')
    .execute()
  return rows.map(readCorrection)
}

async function closeReview(
  tx: Tx,
  id: string,
  status: 'reviewed' | 'rejected',
  by: string,
): Promise<boolean> {
  const updated = await tx
    .updateTable('jobs')
    .set({ status, reviewed_by: by, updated_at: now() })
    .where('id', '=', id)
    .where('status', '=', 'needs_review')
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}
