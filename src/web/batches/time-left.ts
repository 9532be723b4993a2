import type { BatchAnswer } from '../../contract/jobs.ts'
import { plural } from '../shell/words.ts'
import { partsOf } from './progress.ts'

/** Documents that have to have ended before the pace of a batch says anything. */
const enough = 2

/** Seconds until all is read at the pace so far; null where that is not known (yet), or nothing is left. */
export function secondsLeft(
  batch: Pick<BatchAnswer, 'counts' | 'total' | 'createdAt'>,
  now: number,
): number | null {
  const { open } = partsOf(batch)
  const ended = batch.total - open
  const seconds = (now - Date.parse(batch.createdAt)) / 1000
  if (open === 0 || ended < enough || seconds <= 0) return null
  return (open * seconds) / ended
}

/** As people say it, no more exact than it is known. */
export function timeLeft(batch: Parameters<typeof secondsLeft>[0], now: number): string | null {
  const seconds = secondsLeft(batch, now)
  if (seconds === null) return null
  if (seconds < 50) return 'less than a minute left'
  if (seconds < 5400) return `about ${plural(Math.round(seconds / 60), 'minute')} left`
  return `about ${plural(Math.round(seconds / 3600), 'hour')} left`
}
