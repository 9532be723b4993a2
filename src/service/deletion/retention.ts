import { deleteEndedBefore, finishDeletions, type Records } from './delete.ts'
import { repeatedly, type Rounds } from '../../timing/repeat.ts'

export interface Retention extends Rounds {
  /** How long documents are kept after they ended. */
  readonly keepDays: number
}

const dayMs = 86_400_000

/** ISO 8601, so many days before now. */
export const daysAgo = (days: number, now = Date.now()): string => new Date(now - days * dayMs).toISOString()

/** Deletes documents by their age once, and does what earlier deletions have left; answers how many. */
export async function deleteByAge(records: Records, before: string): Promise<number> {
  const deleted = await deleteEndedBefore(records, before)
  await finishDeletions(records)
  return deleted
}

/** Deletes documents by their age, now and from time to time. */
export const startRetention = (records: Records, { keepDays, ...rounds }: Retention): AsyncDisposable =>
  repeatedly(() => deleteByAge(records, daysAgo(keepDays)), rounds)
