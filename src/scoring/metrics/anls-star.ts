import { distance as levenshtein } from 'fastest-levenshtein'
import { bestAssignment } from '../../values/assignment.ts'
import { isRecord } from './json-tree.ts'

/** A truth of which any one alternative counts; there must be at least one. */
export class OneOf {
  readonly alternatives: readonly unknown[]

  constructor(alternatives: readonly unknown[]) {
    this.alternatives = alternatives
  }
}

/** Sum of leaf similarities, and the leaves that enter the denominator. */
interface Similarity {
  readonly sum: number
  readonly size: number
}

const threshold = 0.5

const mean = ({ sum, size }: Similarity): number => (size === 0 ? 1 : sum / size)

const add = (parts: readonly Similarity[]): Similarity => ({
  sum: parts.reduce((total, { sum }) => total + sum, 0),
  size: parts.reduce((total, { size }) => total + size, 0),
})

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

const isNone = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

function leaves(value: unknown): number {
  if (value instanceof OneOf) return Math.max(...value.alternatives.map(leaves))
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + leaves(item), 0)
  if (isRecord(value)) return leaves(Object.values(value))
  return 1
}

const mismatch = (truth: unknown, predicted: unknown): Similarity => ({
  sum: 0,
  size: Math.max(leaves(truth), leaves(predicted)),
})

const fold = (value: unknown): string => String(value).trim().toLowerCase().split(/\s+/).join(' ')

function compareLeaves(truth: unknown, predicted: unknown): Similarity {
  const a = fold(truth)
  const b = fold(predicted)
  const longest = Math.max(a.length, b.length)
  const similarity = longest === 0 ? 1 : 1 - levenshtein(a, b) / longest
  return { sum: similarity < threshold ? 0 : similarity, size: 1 }
}

function compareRecords(truth: Record<string, unknown>, predicted: Record<string, unknown>): Similarity {
  const extra = Object.keys(predicted).filter((key) => !Object.hasOwn(truth, key) && !isNone(predicted[key]))
  const at = (record: Record<string, unknown>, key: string) =>
    Object.hasOwn(record, key) ? record[key] : null
  return add([...Object.keys(truth), ...extra].map((key) => compare(at(truth, key), at(predicted, key))))
}

function compareLists(truth: readonly unknown[], predicted: readonly unknown[]): Similarity {
  const pairs = truth.map((t) => predicted.map((p) => compare(t, p)))
  const chosen = bestAssignment(pairs.map((row) => row.map(mean)))
  const rows = new Set(chosen.map(([row]) => row))
  const columns = new Set(chosen.map(([, column]) => column))
  const unpaired = [
    ...truth.filter((_, row) => !rows.has(row)),
    ...predicted.filter((_, column) => !columns.has(column)),
  ]
  return add([
    ...chosen.flatMap(([row, column]) => pairs[row]?.[column] ?? []),
    { sum: 0, size: leaves(unpaired) },
  ])
}

function compare(truth: unknown, predicted: unknown): Similarity {
  if (truth instanceof OneOf) {
    const options = truth.alternatives.map((alternative) => compare(alternative, predicted))
    return options.reduce((best, option) => (mean(option) > mean(best) ? option : best))
  }
  if (truth === null || truth === undefined) {
    return isNone(predicted) ? { sum: 1, size: 1 } : mismatch(truth, predicted)
  }
  if (Array.isArray(truth) && Array.isArray(predicted)) return compareLists(truth, predicted)
  if (isRecord(truth) && isRecord(predicted)) return compareRecords(truth, predicted)
  if (isScalar(truth) && isScalar(predicted)) return compareLeaves(truth, predicted)
  return mismatch(truth, predicted)
}

/**
 * ANLS*, 0 to 1: the mean over all leaves of 1 − Levenshtein / longer length (0 below 0.5), lists paired to the best;
 * a null is right against null, {}, [] and "", and a predicted key that the truth lacks is ignored when its value is
 * one of these. Where two pairings of a list are equally similar, either may be taken.
 * @example anlsStar({ a: 'Hello', b: ['w', 'r', 'l', 'd'] }, { a: 'Hello', b: ['w', 'r', 'd'] }) // 0.8: 4 of 5 leaves
 */
export const anlsStar = (truth: unknown, predicted: unknown): number => mean(compare(truth, predicted))
