import { fromErrorReport, ParallaxError } from '../../core/errors.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Correction, Job, StoredResult } from '../../core/jobs.ts'
import { partName } from '../../core/part.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { failedResult } from '../../routing/to-result.ts'
import { corrected } from './corrections.ts'

/** A result with the name of the file it was submitted as, and of the part that it is of. */
export function namedResult(file: string, { version, ...rest }: StoredResult): ExtractionResult {
  return { version, file: rest.part ? partName(file, rest.part) : file, ...rest }
}

/** A result after a person looked at it: what they wrote is certain, what they left alone they accepted. */
function reviewed(
  result: ExtractionResult,
  corrections: readonly Correction[],
  by: string | null,
): ExtractionResult {
  return { ...corrected(result, corrections), flags: [], verdict: 'accepted', reason: `reviewed by ${by}` }
}

/** A result that a person rejected is no result to use, whatever it was read with. */
function rejected(result: ExtractionResult, { reviewedBy, rejection }: Job): ExtractionResult {
  const { reason = null, note = null } = rejection ?? {}
  const why = [reason, note].filter((said) => said !== null).join(', ')
  return {
    ...result,
    verdict: 'needs_review',
    reason: `rejected by ${reviewedBy}${why === '' ? '' : `: ${why}`}`,
    ...(rejection && { rejection }),
  }
}

/** What a key came to; rejects with E_DAMAGED where that, or the job itself, is damaged in the ledger. */
async function storedResultOf(store: JobStore, { key, error }: Job): Promise<StoredResult | null> {
  if (error?.code === 'E_DAMAGED') throw fromErrorReport(error)
  return store.result(key)
}

/**
 * The result of a job; null while it has no result. `mark` sees it as it was read, before any correction. Rejects with E_DAMAGED
 * where anything of it is damaged in the ledger.
 */
export async function resultOf(
  store: JobStore,
  job: Job,
  mark: (result: ExtractionResult) => ExtractionResult = (result) => result,
): Promise<ExtractionResult | null> {
  const stored = await storedResultOf(store, job)
  if (!stored) return null
  const read = mark(namedResult(job.file, stored))
  return decided(store, job, read)
}

/** A result as what people have decided leaves it. */
async function decided(store: JobStore, job: Job, read: ExtractionResult): Promise<ExtractionResult> {
  const { id, status, reviewedBy } = job
  if (status === 'rejected') return rejected(read, job)
  if (status === 'reviewed') return reviewed(read, await store.corrections(id), reviewedBy)
  if (status !== 'needs_review' || read.verdict !== 'accepted') return read
  const by = (await store.decisions(id)).findLast(({ kind }) => kind === 'reopened')?.by
  return { ...read, verdict: 'needs_review', reason: by === undefined ? 'reopened' : `reopened by ${by}` }
}

/** The error where something is damaged in the ledger; any other is thrown. */
export function damageOf(error: unknown): ParallaxError {
  if (error instanceof ParallaxError && error.code === 'E_DAMAGED') return error
  throw error
}

/** A failed result for a job of which something is damaged. */
export async function damagedResult(
  store: JobStore,
  { key, file }: Job,
  damage: ParallaxError,
): Promise<ExtractionResult> {
  const work = await store.work(key).catch((error: unknown) => void damageOf(error))
  return namedResult(file, failedResult(work?.type.name ?? '', work?.route ?? 'auto', damage.toReport()))
}

/** As `resultOf`, with a failed result where something is damaged: for many results, of which each is told whatever befell the others. */
export const resultAmongMany = async (
  store: JobStore,
  job: Job,
  mark?: (result: ExtractionResult) => ExtractionResult,
): Promise<ExtractionResult | null> =>
  resultOf(store, job, mark).catch((error: unknown) => damagedResult(store, job, damageOf(error)))
