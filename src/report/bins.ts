import { brier, calibrationError, type Prediction } from '../scoring/metrics/calibration.ts'
import { exactInterval, type Interval } from './interval.ts'

/** Values of like confidence: what they prediction, and how many were right. */
export interface Bin {
  readonly values: number
  readonly right: number
  /** Mean confidence. */
  readonly predicted: number
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

function binOf(predictions: readonly Prediction[]): Bin {
  const right = predictions.filter((prediction) => prediction.right).length
  const confidences = predictions.map(({ confidence }) => confidence)
  return {
    values: predictions.length,
    right,
    predicted: confidences.reduce((a, b) => a + b, 0) / predictions.length,
    range: { low: confidences[0]!, high: confidences.at(-1)! },
    observed: right / predictions.length,
    interval: exactInterval(right, predictions.length),
  }
}

/** Ten bins of equal numbers of values, as `calibrationError` has them; null without values. */
export function reliabilityOf(predictions: readonly Prediction[]): Reliability | null {
  if (predictions.length === 0) return null
  const sorted = [...predictions].sort((a, b) => a.confidence - b.confidence)
  const edge = (bin: number): number => Math.round((bin * sorted.length) / count)
  const bins = Array.from({ length: count }, (_, bin) => sorted.slice(edge(bin), edge(bin + 1)))
  return {
    bins: bins.filter((members) => members.length > 0).map(binOf),
    brier: brier(predictions)!,
    error: calibrationError(predictions, count)!,
  }
}
