import type { JsonPointer } from '../../core/extraction.ts'
import { getPointer } from '../../core/pointer.ts'
import type { Pair } from './single-truth.ts'
import { rates, sumTallies, tallyOf, type Rates } from './tally.ts'

/** Printed strings by field; null or absent where there is none. */
export type Strings = Readonly<Record<string, string | null>>

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

/**
 * The measure of the ICDAR 2019 receipt competition: exact strings, micro-averaged over the fields of all documents.
 * A field counts only where the truth has a string.
 * @example
 * sroie([{ predicted: { total: '9.00', date: null }, truth: { total: '9.00', date: '25/12/2018' } }])
 * // { precision: 1, recall: 0.5, f1: 0.667 }
 */
export function sroie(documents: readonly { readonly predicted: Strings; readonly truth: Strings }[]): Rates {
  const tallies = documents.flatMap(({ predicted, truth }) =>
    Object.entries(truth)
      .filter(([, text]) => text)
      .map(([field, text]) => tallyOf(true, Boolean(predicted[field]), predicted[field] === text)),
  )
  return rates(sumTallies(tallies))
}
