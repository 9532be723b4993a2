import { errorReportSchema } from '../../core/errors.ts'
import {
  isTransient,
  requireSameRequest,
  type Batch,
  type BatchDetails,
  type Job,
  type SubmittedBatch,
  type Work,
  type WorkFile,
} from '../../core/jobs.ts'
import { newJobId } from '../job-id.ts'
import { readJob, soundJob, soundWork } from '../ledger-rows.ts'
import type { Tx } from '../ledger-tables.ts'
import { withSeal } from '../seals.ts'
import { openBatch, requireBatch } from './batches.ts'
import { beginAnew } from './begin-anew.ts'
import type { JobRow } from './change-jobs.ts'
import { now } from './clock.ts'
import { holdWork } from './hold-work.ts'
import { get } from './listing.ts'
import { dropResult, queued, storedStanding, untouched, type Standing } from './standing.ts'

export async function submit(
  tx: Tx,
  batchId: string,
  position: number,
  file: string,
  work: Work,
): Promise<Job> {
  return submitTo(tx, await requireBatch(tx, batchId), position, { file, work })
}

export async function submitAll(
  tx: Tx,
  batchId: string,
  details: Partial<BatchDetails>,
  files: readonly WorkFile[],
): Promise<SubmittedBatch> {
  const batch = await openBatch(tx, batchId, details)
  requireSameRequest(batch, details.request ?? null)
  const jobs: Job[] = []
  for (const [position, file] of files.entries()) jobs.push(await submitTo(tx, batch, position, file))
  return { batch, jobs }
}

async function submitTo(
  tx: Tx,
  { id: batchId, tenant, priority, createdAt }: Batch,
  position: number,
  { file, work }: WorkFile,
): Promise<Job> {
  await recordWork(tx, work)
  const standing = (await lastingStanding(tx, work.key)) ?? queued
  const before = await jobAt(tx, batchId, position)
  if (before)
    return submitAgain(tx, before, { tenant, priority, opened_at: createdAt, file, key: work.key }, standing)
  const row = {
    id: newJobId(),
    batch_id: batchId,
    tenant,
    opened_at: createdAt,
    priority,
    position,
    file,
    key: work.key,
    created_at: now(),
    updated_at: now(),
    ...standing,
    ...untouched,
  }
  const sealed = withSeal('jobs', row)
  await tx.insertInto('jobs').values(sealed).execute()
  return readJob(sealed)
}

/** What stands at its place already is answered, unless it is of another key, or damaged: then it begins anew. */
async function submitAgain(
  tx: Tx,
  before: JobRow,
  file: Pick<JobRow, 'tenant' | 'priority' | 'opened_at' | 'file' | 'key'>,
  standing: Standing,
): Promise<Job> {
  const job = soundJob(before)
  if (job?.key === file.key) return job
  await beginAnew(tx, before, standing, file)
  if (before.key !== file.key) await leaveWork(tx, before.key, before.id)
  return (await get(tx, before.id))!
}

const jobAt = (tx: Tx, batchId: string, position: number) =>
  tx
    .selectFrom('jobs')
    .selectAll()
    .where('batch_id', '=', batchId)
    .where('position', '=', position)
    .forUpdate()
    .executeTakeFirst()

/** Whether the document's words have told its type: the work is then no longer what was submitted. */
async function isTold(tx: Tx, key: string): Promise<boolean> {
  await holdWork(tx, key)
  const row = await tx.selectFrom('works').selectAll().where('key', '=', key).executeTakeFirst()
  return row !== undefined && row.type_told !== null && soundWork(row) !== null
}

/** Records the work or finds it; either way no other transaction changes its jobs until this one ends. */
async function recordWork(tx: Tx, work: Work): Promise<void> {
  const { key, blob, type, route, ocr, vlm, pipeline, templates } = work
  const row = {
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
  }
  if (await isTold(tx, key)) return
  const sealed = withSeal('works', row)
  await tx
    .insertInto('works')
    .values({ ...sealed, token: null, attempts: null, deaths: 0, left_by: null, touched_at: now() })
    // The same type may lie in another file by now, and what is damaged is known again.
    .onConflict((conflict) => conflict.column('key').doUpdateSet(sealed))
    .execute()
}

/** Remembers which job has to answer for work that perhaps no job stands on any more. */
async function leaveWork(tx: Tx, key: string, job: string): Promise<void> {
  await tx.updateTable('works').set({ left_by: job }).where('key', '=', key).execute()
}

/** `storedStanding`, once a failure that may pass is dropped. */
async function lastingStanding(tx: Tx, key: string): Promise<Standing | null> {
  const row = await storedStanding(tx, key)
  if (!row) return null
  const error = row.error === null ? null : errorReportSchema.parse(JSON.parse(row.error))
  if (row.status !== 'failed' || error === null || !isTransient(error)) return row
  await dropResult(tx, key)
  return null
}
