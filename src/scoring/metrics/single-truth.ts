import { distance } from 'fastest-levenshtein'
import { OneOf } from './anls-star.ts'
import { isRecord } from './json-tree.ts'
import type { TrueDocument } from './judgement.ts'

/** Of several values, the one nearest to what was predicted. */
function nearest(values: readonly unknown[], predicted: unknown): unknown {
  const far = (value: unknown) => distance(String(value), String(predicted ?? ''))
  return values.reduce((best, value) => (far(value) < far(best) ? value : best))
}

function withNearest(truth: unknown, predicted: unknown): unknown {
  if (truth instanceof OneOf) return nearest(truth.alternatives, predicted)
  if (!isRecord(truth)) return truth
  const guess = isRecord(predicted) ? predicted : {}
  return Object.fromEntries(
    Object.entries(truth).map(([key, value]) => [key, withNearest(value, guess[key])]),
  )
}

export interface Pair {
  readonly predicted: unknown
  readonly truth: unknown
}

/** For metrics that know one truth only: where several values count, the one nearest to the prediction. */
export function singleTruth({ result, truth }: TrueDocument): Pair {
  const predicted = truth.predictedTree(result)
  return { predicted, truth: withNearest(truth.tree, predicted) }
}
