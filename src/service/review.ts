import { ParallaxError } from '../core/errors.ts'
import type { JsonPointer, Scalar } from '../core/extraction.ts'
import type { Correction, Job, JobStore } from '../core/jobs.ts'
import { setPointer } from '../core/pointer.ts'
import type { Row } from '../core/row.ts'
import { rowOf } from './rows.ts'

export interface Change {
  readonly field: JsonPointer
  readonly value: Scalar
}

/** A job that waits for a person, with its row; E_NOT_FOUND or E_CONFLICT otherwise. */
export async function openReview(
  store: JobStore,
  id: string,
): Promise<{ readonly job: Job; readonly row: Row }> {
  const job = await store.get(id)
  if (!job) throw new ParallaxError('E_NOT_FOUND', `There is no job ${id}.`)
  const row = await rowOf(store, job)
  if (job.status === 'needs_review' && row) return { job, row }
  throw new ParallaxError(
    'E_CONFLICT',
    `Job ${id} is ${job.status}; only jobs that need a review can be reviewed.`,
  )
}

/** Data as it would be after a correction. */
export interface Corrected {
  readonly data: unknown
  /** What was changed. */
  readonly fields: readonly JsonPointer[]
  /** Required values that the document did not show. */
  readonly missing: readonly JsonPointer[]
}

const requiredMissing = ({ flags }: Row): readonly JsonPointer[] =>
  flags.flatMap(({ code, field }) => (code === 'REQUIRED_MISSING' && field !== null ? [field] : []))

/**
 * Records what a person changed. `validate` says what is wrong with the data as it would be, or with fields that the type
 * does not have; null when nothing is.
 */
export async function correct(
  store: JobStore,
  id: string,
  changes: readonly Change[],
  by: string,
  validate: (corrected: Corrected) => Promise<string | null>,
): Promise<readonly Correction[]> {
  const { row } = await openReview(store, id)
  const earlier = await store.corrections(id)
  const data = structuredClone(row.data) as Record<string, unknown>
  for (const { field, after } of earlier) setPointer(data, field, after)
  for (const { field, value } of changes) setPointer(data, field, value)
  const wrong = await validate({ data, fields: changes.map((c) => c.field), missing: requiredMissing(row) })
  if (wrong !== null) throw new ParallaxError('E_BAD_REQUEST', wrong)
  const at = new Date().toISOString()
  const corrections = changes.map(({ field, value }) => {
    const before = earlier.findLast((c) => c.field === field)?.after ?? row.fields[field]?.value ?? null
    return { jobId: id, field, before, after: value, by, at }
  })
  await store.correct(corrections)
  return corrections
}

/** What the type requires and the document did not show, a person must have filled in. */
async function requireComplete(store: JobStore, id: string, row: Row): Promise<void> {
  const filled = new Map((await store.corrections(id)).map(({ field, after }) => [field, after]))
  const open = requiredMissing(row).find((field) => (filled.get(field) ?? null) === null)
  if (open === undefined) return
  throw new ParallaxError(
    'E_CONFLICT',
    `The type requires ${open}: correct it first, or reject the document.`,
  )
}

/** Ends a review: the values as they stand are right, or the document is no use. */
export async function closeReview(
  store: JobStore,
  id: string,
  status: 'reviewed' | 'rejected',
  by: string,
): Promise<void> {
  const { row } = await openReview(store, id)
  if (status === 'reviewed') await requireComplete(store, id, row)
  if (await store.closeReview(id, status, by)) return
  throw new ParallaxError('E_CONFLICT', `Somebody else has just ended the review of job ${id}.`)
}
