import type { Scalar } from '../core/extraction.ts'
import { label } from '../core/pointer.ts'
import type { Part } from '../trust/counting.ts'

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** A share, 0 to 1, as people write it; a dash where there is none. */
export const percent = (share: number | null, digits = 0): string =>
  share === null ? '–' : `${(100 * share).toFixed(digits)}\u00a0%`

export const figure = (value: number | null, digits = 3): string =>
  value === null ? '–' : value.toFixed(digits)

export const ofAll = ({ count, of }: Part): string => `${count} of ${of}`

/** A pointer, or the pattern of a column, as people say it: `/items/0/amount` is items 1 amount. */
export const fieldName = (pattern: string): string => label(pattern as `/${string}`).replaceAll(' *', '')

const longest = 160

/** A value as a line of text, cut where it is long. */
export function shown(value: Scalar): string {
  if (value === null) return 'nothing'
  const letters = [...String(value).trim()]
  if (letters.length === 0) return 'nothing'
  return letters.length <= longest ? letters.join('') : `${letters.slice(0, longest).join('')}…`
}

const reasons: Readonly<Record<string, string>> = {
  E_LOW_CONFIDENCE: 'uncertain value',
  E_NO_TEXT: 'no text on any page',
  E_UNSUPPORTED_SCRIPT: 'script that is not read',
  PATHS_DIFFER: 'the paths read different values',
  UNGROUNDED: 'found by no other reader',
  MISSING: 'required value not found',
  REQUIRED_MISSING: 'value that the schema requires is not there',
  LIST_EMPTY: 'no records read, though something is priced',
  INVALID_VALUE: 'value does not fit the schema',
  AMOUNT_REPAIRED: 'amount mended so that the sums add up',
  OUTPUT_CUT: 'the model was stopped',
  OUTPUT_REPAIRED: "the model's answer was mended",
  OUTPUT_RETRIED: 'the model was asked twice',
}

/** The code of a flag in words; those of a document type's own rules speak for themselves. */
export const reason = (code: string): string =>
  Object.hasOwn(reasons, code) ? reasons[code]! : code.replace(/^E_/, '').toLowerCase().replaceAll('_', ' ')
