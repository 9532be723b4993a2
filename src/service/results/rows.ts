import { fromErrorReport, ParallaxError } from '../../core/errors.ts'
import type { Correction, Job, JobStore, Result } from '../../core/jobs.ts'
import { partName } from '../../core/part.ts'
import type { Row } from '../../core/row.ts'
import { failedResult } from '../../routing/to-result.ts'
import { corrected } from '../reviewing/corrections.ts'

/** A result with the name of the file it was submitted as, and of the part that it is of. */
export function toRow(file: string, { version, ...rest }: Result): Row {
  return { version, file: rest.part ? partName(file, rest.part) : file, ...rest }
}

/** A row after a person looked at it: what they wrote is certain, what they left alone they accepted. */
function reviewed(row: Row, corrections: readonly Correction[], by: string | null): Row {
  return { ...corrected(row, corrections), flags: [], verdict: 'accepted', reason: `reviewed by ${by}` }
}

/** What a key came to; rejects with E_DAMAGED where that, or the job itself, is damaged in the ledger. */
async function resultOf(store: JobStore, { key, error }: Job): Promise<Result | null> {
  if (error?.code === 'E_DAMAGED') throw fromErrorReport(error)
  return store.result(key)
}

/**
 * The row of a job; null while it has no result. `mark` sees it as it was read, before any correction. Rejects with E_DAMAGED
 * where anything of it is damaged in the ledger.
 */
export async function rowOf(
  store: JobStore,
  job: Job,
  mark: (row: Row) => Row = (row) => row,
): Promise<Row | null> {
  const result = await resultOf(store, job)
  if (!result) return null
  const row = mark(toRow(job.file, result))
  const { status, reviewedBy } = job
  if (status === 'rejected') return { ...row, reason: `rejected by ${reviewedBy}` }
  return status === 'reviewed' ? reviewed(row, await store.corrections(job.id), reviewedBy) : row
}

/** The error where something is damaged in the ledger; any other is thrown. */
export function damageOf(error: unknown): ParallaxError {
  if (error instanceof ParallaxError && error.code === 'E_DAMAGED') return error
  throw error
}

/** A failed row for a job of which something is damaged. */
export async function damagedRow(store: JobStore, { key, file }: Job, damage: ParallaxError): Promise<Row> {
  const work = await store.work(key).catch((error: unknown) => void damageOf(error))
  return toRow(file, failedResult(work?.type.name ?? '', work?.route ?? 'auto', damage.toReport()))
}

/** As `rowOf`, with a failed row where something is damaged: for many rows, of which each is told whatever befell the others. */
export const rowAmongMany = async (
  store: JobStore,
  job: Job,
  mark?: (row: Row) => Row,
): Promise<Row | null> =>
  rowOf(store, job, mark).catch((error: unknown) => damagedRow(store, job, damageOf(error)))
