import { upperBound } from '../trust/binomial.ts'

/** From low to high, 0 to 1. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** What each side leaves out, so that both together leave out 5 %. */
const oneSided = 0.975

/**
 * The exact 95 % interval of a rate after `count` in `trials` independent trials (Clopper & Pearson 1934).
 * @example exactInterval(1, 10) // 0.0025 to 0.445
 */
export const exactInterval = (count: number, trials: number): Interval => ({
  low: 1 - upperBound(trials - count, trials, oneSided),
  high: upperBound(count, trials, oneSided),
})
