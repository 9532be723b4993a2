import { getPointer } from '../../core/pointer.ts'
import { distance } from 'fastest-levenshtein'
import type { JsonPointer } from '../../core/extraction.ts'
import { OneOf } from './anls-star.ts'
import { isRecord } from './json-tree.ts'
import type { TrueDocument } from './judgement.ts'
import type { Strings } from './sroie.ts'

/** Of several values, the one nearest to what was predicted. */
function nearest(values: readonly unknown[], predicted: unknown): unknown {
  const far = (value: unknown) => distance(String(value), String(predicted ?? ''))
  return values.reduce((best, value) => (far(value) < far(best) ? value : best))
}

function settle(truth: unknown, predicted: unknown): unknown {
  if (truth instanceof OneOf) return nearest(truth.alternatives, predicted)
  if (!isRecord(truth)) return truth
  const guess = isRecord(predicted) ? predicted : {}
  return Object.fromEntries(Object.entries(truth).map(([key, value]) => [key, settle(value, guess[key])]))
}

export interface Pair {
  readonly predicted: unknown
  readonly truth: unknown
}

/** For metrics that know one truth only: where several values count, the one nearest to the prediction. */
export function singleTruth({ result, truth }: TrueDocument): Pair {
  const predicted = truth.predictedTree(result)
  return { predicted, truth: settle(truth.tree, predicted) }
}

const sroieFields: readonly JsonPointer[] = ['/merchant/name', '/date', '/merchant/address', '/total']

const asString = (value: unknown): string | null =>
  value === null || value === undefined || typeof value === 'object' ? null : String(value)

const sroieFieldsOf = (tree: unknown): Strings =>
  Object.fromEntries(sroieFields.map((pointer) => [pointer, asString(getPointer(tree, pointer))]))

/** The four fields of the receipt competition; nothing of a truth that knows no merchant: it is of another type. */
export const sroieStrings = ({ predicted, truth }: Pair): { predicted: Strings; truth: Strings } => ({
  predicted: sroieFieldsOf(predicted),
  truth: getPointer(truth, '/merchant') === undefined ? {} : sroieFieldsOf(truth),
})
