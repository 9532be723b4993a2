import { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import type { JobStore, ReviewEnding } from '../../core/job-store.ts'
import type { Correction, Job } from '../../core/jobs.ts'
import { getPointer } from '../../core/pointer.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import type { DataVerdict } from './check.ts'
import {
  corrected,
  emptyRecords,
  placesAfter,
  placesWithout,
  takingAway,
  withChanges,
  type Change,
  type Correctable,
} from '../results/corrections.ts'
import { findJob } from '../submitting/find-job.ts'
import { resultOf } from '../results/result-of-job.ts'

/** A job that waits for a person, with its result as it was read; E_NOT_FOUND or E_CONFLICT otherwise. */
export async function openReview(
  store: JobStore,
  id: string,
  tenant?: string,
): Promise<{ readonly job: Job; readonly row: ExtractionResult }> {
  const job = await findJob(store, id, tenant)
  const result = await resultOf(store, job)
  if (job.status === 'needs_review' && result) return { job, row: result }
  const by = job.reviewedBy === null ? '' : ` by ${job.reviewedBy}`
  throw new ParallaxError(
    'E_CONFLICT',
    `Job ${id} is ${job.status}${by}; only jobs that need a review can be reviewed.`,
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

/** Holds data against its type. */
export type CheckCorrected = (corrected: Corrected) => Promise<DataVerdict>

const requiredMissing = ({ flags }: Pick<ExtractionResult, 'flags'>): readonly JsonPointer[] =>
  flags.flatMap(({ code, field }) => (code === 'REQUIRED_MISSING' && field !== null ? [field] : []))

/** Everything in the result with its corrections. */
interface Standing {
  readonly row: ExtractionResult
  readonly earlier: readonly Correction[]
}

/** Whose document, and how many corrections it had when it was looked at; null to take it as it stands. */
export interface Seen {
  readonly tenant?: string
  readonly revision?: number | null
}

/** E_CONFLICT where it was corrected since it was seen. */
async function standing(store: JobStore, id: string, { tenant, revision = null }: Seen): Promise<Standing> {
  const { row: result } = await openReview(store, id, tenant)
  const earlier = await store.corrections(id)
  if (revision !== null && revision !== earlier.length) throw correctedSince(id, earlier.slice(revision))
  return { row: corrected(result, earlier), earlier }
}

function correctedSince(id: string, since: readonly Correction[]): ParallaxError {
  const names = [...new Set(since.map(({ by }) => by))].join(', ')
  const by = names === '' ? '' : ` by ${names}`
  return new ParallaxError(
    'E_CONFLICT',
    `Job ${id} was corrected${by} in the meantime: look at its review again first.`,
  )
}

/** A document with changes, and the records in it that say nothing: they go when the changes are saved. */
function saved(result: Correctable, changes: readonly Change[]) {
  const changed = withChanges(result, changes)
  const empty = emptyRecords(changed.data)
  return { changed, empty, kept: withChanges(changed, takingAway(empty)) }
}

function verdictOn(
  result: Correctable,
  changes: readonly Change[],
  check: CheckCorrected,
): Promise<DataVerdict> {
  const { empty, kept } = saved(result, changes)
  const fields = placesWithout(placesAfter(changes), empty)
  return check({ data: kept.data, fields, missing: requiredMissing(kept) })
}

/** What `correct` would say to the same changes, and what the type's rules say against the data as it would be. */
export async function tryChanges(
  store: JobStore,
  id: string,
  changes: readonly Change[],
  check: CheckCorrected,
  seen: Seen = {},
): Promise<DataVerdict> {
  const { row: result } = await standing(store, id, seen)
  return verdictOn(result, changes, check)
}

/** A value as it stands; a record as JSON. */
function valueAt(result: Correctable, field: JsonPointer): Scalar {
  const value = result.fields[field]?.value ?? getPointer(result.data, field) ?? null
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Scalar)
}

/** Now, but later than any correction before: what is recorded together is told from the rest by its time. */
const timeAfter = (earlier: readonly Correction[]): number =>
  earlier.reduce((latest, { at }) => Math.max(latest, Date.parse(at) + 1), Date.now())

const isoTime = (ms: number): string => new Date(ms).toISOString()

/**
 * Records what a person changed, all or nothing; E_BAD_REQUEST with what `check` says is wrong with the data as it would
 * be, or with fields that the type does not have; E_CONFLICT where it was corrected since it was seen, also while this checks.
 */
export async function correct(
  store: JobStore,
  id: string,
  changes: readonly Change[],
  by: string,
  check: CheckCorrected,
  seen: Seen = {},
): Promise<readonly Correction[]> {
  const { row: result, earlier } = await standing(store, id, seen)
  const { problem, left } = await verdictOn(result, changes, check)
  if (problem !== null) throw new ParallaxError('E_BAD_REQUEST', problem)
  const { changed, empty } = saved(result, changes)
  const at = timeAfter(earlier)
  // Each numbered as those before leave the document, so that they are told apart by their times.
  const corrections = [
    ...recorded(id, changes, result, by, at),
    ...recorded(id, takingAway(empty), changed, by, at + 1),
    ...left.map((field): Correction => {
      return { jobId: id, field, before: null, after: null, by, at: isoTime(at + 2) }
    }),
  ]
  await store.correct(corrections, earlier.length)
  return corrections
}

const recorded = (
  jobId: string,
  changes: readonly Change[],
  before: Correctable,
  by: string,
  at: number,
): readonly Correction[] =>
  changes.map(({ field, value }) => {
    return { jobId, field, before: valueAt(before, field), after: value, by, at: isoTime(at) }
  })

/** What the type requires and the document did not show, a person must have filled in. */
function requireComplete(result: ExtractionResult): void {
  const open = requiredMissing(result).find((field) => (getPointer(result.data, field) ?? null) === null)
  if (open === undefined) return
  throw new ParallaxError(
    'E_CONFLICT',
    `The type requires ${open}: correct it first, or reject the document.`,
  )
}

/** Ends a review: the values as they stand are right, without records that say nothing; or the document is no use. */
export async function closeReview(
  store: JobStore,
  id: string,
  ending: ReviewEnding,
  seen: Seen = {},
): Promise<void> {
  const { row: result, earlier } = await standing(store, id, seen)
  if (ending.status === 'reviewed') requireComplete(result)
  const empty = ending.status === 'reviewed' ? takingAway(emptyRecords(result.data)) : []
  if (empty.length > 0)
    await store.correct(recorded(id, empty, result, ending.by, timeAfter(earlier)), earlier.length)
  if (await store.closeReview(id, ending, earlier.length + empty.length)) return
  throw new ParallaxError('E_CONFLICT', `Somebody else has just ended the review of job ${id}.`)
}

/** How long a document is held for whoever was given it, in milliseconds. */
const holdMs = 10 * 60_000

export const heldUntil = (): string => isoTime(Date.now() + holdMs)

/** Has a person look (again) at a document that was accepted, by them or unseen, or rejected; E_NOT_FOUND, E_CONFLICT. */
export async function reopenReview(store: JobStore, id: string, by: string, tenant?: string): Promise<void> {
  const { status } = await findJob(store, id, tenant)
  if (await store.reopenReview(id, by, heldUntil())) return
  throw new ParallaxError(
    'E_CONFLICT',
    `Job ${id} is ${status}; only documents that were accepted, reviewed or rejected can be reopened.`,
  )
}
