import {
  isPassing,
  requireSameRequest,
  type Batch,
  type BatchDetails,
  type Job,
  type SubmittedBatch,
  type Work,
  type WorkFile,
} from '../../core/jobs.ts'
import { newJobId } from '../job-id.ts'
import { readJob, readStanding } from '../ledger-rows.ts'
import type { Tx } from '../ledger-tables.ts'
import { openBatch, requireBatch } from './batches.ts'
import { now } from './clock.ts'
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
  await holdWork(tx, work)
  const standing = (await lastingStanding(tx, work.key)) ?? queued
  const before = await jobAt(tx, batchId, position)
  if (before?.key === work.key) return readJob(before)
  const fresh = { file, key: work.key, priority, updated_at: now(), ...standing, ...untouched }
  const row = await tx
    .insertInto('jobs')
    .values({
      id: newJobId(),
      batch_id: batchId,
      tenant,
      opened_at: createdAt,
      position,
      created_at: now(),
      ...fresh,
    })
    .onConflict((conflict) =>
      conflict.columns(['batch_id', 'position']).doUpdateSet(fresh).where('jobs.key', '!=', work.key),
    )
    .returningAll()
    .executeTakeFirst()
  if (before) await leaveWork(tx, before.key, before.id)
  // Nothing is written where another transaction has just recorded the same.
  return readJob(row ?? (await jobAt(tx, batchId, position))!)
}

const jobAt = (tx: Tx, batchId: string, position: number) =>
  tx
    .selectFrom('jobs')
    .selectAll()
    .where('batch_id', '=', batchId)
    .where('position', '=', position)
    .executeTakeFirst()

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
      left_by: null,
      touched_at: now(),
    })
    // The same type may lie in another file by now.
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ type_file: type.file }))
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
  const { status, error } = readStanding(row)
  if (status !== 'failed' || error === null || !isPassing(error)) return row
  await dropResult(tx, key)
  return null
}
