/** A confidence, 0 to 1, and whether the value was right. */
export interface Prediction {
  readonly confidence: number
  readonly right: boolean
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const outcome = ({ right }: Prediction): number => (right ? 1 : 0)

/**
 * The mean squared distance of confidence from outcome, 0 best; null without predictions.
 * @example brier([{ confidence: 0.9, right: true }, { confidence: 0.6, right: false }]) // 0.185: (0.01 + 0.36) / 2
 */
export const brier = (predictions: readonly Prediction[]): number | null =>
  predictions.length === 0
    ? null
    : mean(predictions.map((prediction) => (prediction.confidence - outcome(prediction)) ** 2))

/**
 * The expected calibration error over bins of equal numbers of predictions (ten by default), 0 best; null without predictions.
 * @example one bin: confidences 0.9 and 0.7, one right → |0.8 − 0.5| = 0.3
 */
export function calibrationError(predictions: readonly Prediction[], bins = 10): number | null {
  if (predictions.length === 0) return null
  const sorted = [...predictions].sort((a, b) => a.confidence - b.confidence)
  const edge = (bin: number) => Math.round((bin * sorted.length) / bins)
  const gaps = Array.from({ length: bins }, (_, bin) => {
    const members = sorted.slice(edge(bin), edge(bin + 1))
    if (members.length === 0) return 0
    const gap = mean(members.map(({ confidence }) => confidence)) - mean(members.map(outcome))
    return (Math.abs(gap) * members.length) / sorted.length
  })
  return gaps.reduce((sum, gap) => sum + gap, 0)
}
