import { brier, calibrationError, type Claim } from '../scoring/metrics/calibration.ts'
import { exactInterval, type Interval } from './interval.ts'

/** Values of like confidence: what they claim, and how many were right. */
export interface Bin {
  readonly values: number
  readonly right: number
  /** Mean confidence. */
  readonly claimed: number
  /** Lowest and highest confidence. */
  readonly range: Interval
  readonly observed: number
  readonly interval: Interval
}

export interface Reliability {
  readonly bins: readonly Bin[]
  readonly brier: number
  readonly error: number
}

const count = 10

function binOf(claims: readonly Claim[]): Bin {
  const right = claims.filter((claim) => claim.right).length
  const confidences = claims.map(({ confidence }) => confidence)
  return {
    values: claims.length,
    right,
    claimed: confidences.reduce((a, b) => a + b, 0) / claims.length,
    range: { low: confidences[0]!, high: confidences.at(-1)! },
    observed: right / claims.length,
    interval: exactInterval(right, claims.length),
  }
}

/** Ten bins of equal numbers of values, as `calibrationError` has them; null without values. */
export function reliabilityOf(claims: readonly Claim[]): Reliability | null {
  if (claims.length === 0) return null
  const sorted = [...claims].sort((a, b) => a.confidence - b.confidence)
  const edge = (bin: number): number => Math.round((bin * sorted.length) / count)
  const bins = Array.from({ length: count }, (_, bin) => sorted.slice(edge(bin), edge(bin + 1)))
  return {
    bins: bins.filter((members) => members.length > 0).map(binOf),
    brier: brier(claims)!,
    error: calibrationError(claims, count)!,
  }
}
