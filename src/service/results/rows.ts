import type { Correction, Job, JobStore, Result } from '../../core/jobs.ts'
import { partName } from '../../core/part.ts'
import type { Row } from '../../core/row.ts'
import { corrected } from '../reviewing/corrections.ts'

/** A result with the name of the file it was submitted as, and of the part that it is of. */
export function toRow(file: string, { version, ...rest }: Result): Row {
  return { version, file: rest.part ? partName(file, rest.part) : file, ...rest }
}

/** A row after a person looked at it: what they wrote is certain, what they left alone they accepted. */
function reviewed(row: Row, corrections: readonly Correction[], by: string | null): Row {
  return { ...corrected(row, corrections), flags: [], verdict: 'accepted', reason: `reviewed by ${by}` }
}

/** The row of a job; null while it has no result. `mark` sees it as it was read, before any correction. */
export async function rowOf(
  store: JobStore,
  job: Job,
  mark: (row: Row) => Row = (row) => row,
): Promise<Row | null> {
  const result = await store.result(job.key)
  if (!result) return null
  const row = mark(toRow(job.file, result))
  const { status, reviewedBy } = job
  if (status === 'rejected') return { ...row, reason: `rejected by ${reviewedBy}` }
  return status === 'reviewed' ? reviewed(row, await store.corrections(job.id), reviewedBy) : row
}
