import type { ExtractionPath } from '../core/extraction.ts'
import type { Prediction } from '../scoring/metrics/calibration.ts'
import { groupBy } from '../trust/counting.ts'
import { predictionsOf, pathPredictions, type Judged } from './judged-fields.ts'
import { exactInterval, type Interval } from './interval.ts'

/** What is accepted from a confidence on; `coverage` is its share of all values, `risk` the share of it that is wrong. */
export interface CurvePoint {
  readonly confidence: number
  readonly accepted: number
  readonly errors: number
  readonly coverage: number
  readonly risk: number
  readonly interval: Interval
}

/** How the error grows with what is accepted (El-Yaniv & Wiener 2010, "On the foundations of noise-free selective classification"). */
export interface Curve {
  readonly values: number
  readonly errors: number
  /** The most certain values first; values of the same confidence come together. */
  readonly points: readonly CurvePoint[]
  /** The mean risk over all coverages, 0 best (Geifman & El-Yaniv 2017); ties count as in any order. */
  readonly area: number
}

const wrongIn = (predictions: readonly Prediction[]): number =>
  predictions.filter(({ right }) => !right).length

/** The risks after each of `more` values, of which `errors` are wrong in any order, that come after a point. */
const risksAfter = (accepted: number, wrong: number, more: number, errors: number): readonly number[] =>
  Array.from({ length: more }, (_, i) => (wrong + (errors * (i + 1)) / more) / (accepted + i + 1))

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** The curve of values in the order of their confidence; null without values. */
export function curveOf(predictions: readonly Prediction[]): Curve | null {
  if (predictions.length === 0) return null
  const steps = [...groupBy(predictions, ({ confidence }) => String(confidence)).values()]
  const points: CurvePoint[] = []
  let [accepted, errors, area] = [0, 0, 0]
  for (const step of steps.sort((a, b) => b[0]!.confidence - a[0]!.confidence)) {
    const wrong = wrongIn(step)
    area += sum(risksAfter(accepted, errors, step.length, wrong)) / predictions.length
    accepted += step.length
    errors += wrong
    points.push({
      confidence: step[0]!.confidence,
      accepted,
      errors,
      coverage: accepted / predictions.length,
      risk: errors / accepted,
      interval: exactInterval(errors, accepted),
    })
  }
  return { values: predictions.length, errors, points, area }
}

/** The curve that the same errors would have if each came after every right value: no order is better. */
export const bestOrder = (
  predictions: readonly Prediction[],
): readonly Pick<CurvePoint, 'coverage' | 'risk'>[] =>
  predictions.length === 0
    ? []
    : Array.from({ length: wrongIn(predictions) + 1 }, (_, late) => {
        const accepted = predictions.length - wrongIn(predictions) + late
        return { coverage: accepted / predictions.length, risk: accepted === 0 ? 0 : late / accepted }
      })

export interface PathCurve {
  readonly path: ExtractionPath
  readonly curve: Curve
}

/** A path that has read fewer of the values than this has not read the same documents. */
const leastShare = 0.9

/** The better path taken alone, by its area; null where no path but the taken one has read nearly all values. */
export function bestPath(judged: readonly Judged[]): PathCurve | null {
  const taken = predictionsOf(judged).length
  const curves = (['direct', 'modular'] as const).flatMap((path) => {
    const isOther = judged.some(({ field }) => field !== null && field.path !== path)
    const curve = isOther ? curveOf(pathPredictions(judged, path)) : null
    return curve && curve.values >= leastShare * taken ? [{ path, curve }] : []
  })
  return curves.sort((a, b) => a.curve.area - b.curve.area)[0] ?? null
}
