import type { Review } from '../../contract/review.ts'
import { ServiceError } from '../http/service-error.ts'
import { fetchReview } from '../http/service.ts'
import { isCurrent } from './catch-up.ts'

const isConflict = (error: unknown): boolean => error instanceof ServiceError && error.code === 'E_CONFLICT'

/** The document as it is now, where a refusal came of a change since it was seen; rejects with any other refusal. */
export async function movedSince(
  seen: Review,
  error: unknown,
  signal = AbortSignal.timeout(5_000),
): Promise<Review> {
  if (!isConflict(error)) throw error
  const now = await fetchReview(seen.job.id, signal)
  if (isCurrent(seen, now)) throw error
  return now
}
