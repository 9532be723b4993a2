import type { BatchAnswer } from '../../contract/jobs.ts'
import type { JobStatus } from '../../core/jobs.ts'
import { partOfStatus, type Part } from '../shell/parts.ts'

export const partWords: Readonly<Record<Part, string>> = {
  accepted: 'accepted',
  review: 'to review',
  failed: 'failed',
  dropped: 'rejected or cancelled',
  open: 'being read',
}

const parts: readonly Part[] = ['accepted', 'review', 'failed', 'dropped', 'open']

/** How the documents of a batch stand, as a person counts them. */
export function partsOf({ counts }: Pick<BatchAnswer, 'counts'>): Readonly<Record<Part, number>> {
  const sums: Record<Part, number> = { accepted: 0, review: 0, failed: 0, dropped: 0, open: 0 }
  for (const [status, count] of Object.entries(counts) as [JobStatus, number][])
    sums[partOfStatus(status)] += count
  return sums
}

/** The parts that there are, in the order of the bar. */
export const shownParts = (batch: Pick<BatchAnswer, 'counts'>): readonly (readonly [Part, number])[] => {
  const sums = partsOf(batch)
  return parts.map((part) => [part, sums[part]] as const).filter(([, count]) => count > 0)
}
