import type { Scalar } from '../core/extraction.ts'
import type { Comparator, FieldSpec } from '../core/field-spec.ts'
import { readAmount, readDates, readTime, type DateOrder } from './printed.ts'

/** A value as a row gives it, with the text it was printed as. */
export interface Prediction {
  readonly value: Scalar
  readonly text: string | null
}

/** What decides when two values are the same. */
export type FieldKind = Comparator

/** True when nothing was predicted. */
export const isMissing = ({ value }: Prediction): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '')

export const collapse = (text: string): string => text.trim().split(/\s+/).join(' ')

/** Letters and digits of any script, case folded. A text without any is kept as it is. */
function alphanumerics(value: Scalar): string {
  const text = String(value)
  const kept = text.normalize('NFKC').toUpperCase().toLowerCase()
  return kept.replace(/[^\p{L}\p{N}]/gu, '') || collapse(text)
}

const amountOf = (value: Scalar): number | null =>
  typeof value === 'number' ? value : readAmount(String(value))

const cent = 0.005

function sameAmount(a: Scalar, b: Scalar, _: readonly DateOrder[], tolerance: number): boolean | null {
  const truth = amountOf(b)
  const predicted = amountOf(a)
  if (truth === null) return null
  return predicted !== null && Math.abs(predicted - truth) < tolerance
}

function sameDate(a: Scalar, b: Scalar, orders: readonly DateOrder[]): boolean | null {
  const truth = readDates(String(b), orders)
  if (truth.length === 0) return null
  return readDates(String(a), orders).some((date) => truth.includes(date))
}

function sameTime(a: Scalar, b: Scalar): boolean | null {
  const truth = readTime(String(b))
  const predicted = readTime(String(a))
  if (truth === null) return null
  if (predicted?.minutes !== truth.minutes) return false
  return predicted.seconds === null || truth.seconds === null || predicted.seconds === truth.seconds
}

const digits = (value: Scalar): string => String(value).replace(/\D/g, '')

/** True when `value` is `national` with a country code before it: +60, or the bare 1 of North America. */
function hasCountryCodeBefore(value: Scalar, national: string): boolean {
  const own = digits(value)
  const code = own.slice(0, -national.length)
  const marked = /^\s*\(?\+/.test(String(value)) || (code === '1' && national.length === 10)
  return marked && own.endsWith(national) && /^\d{1,3}$/.test(code) && national.length >= 6
}

function samePhone(a: Scalar, b: Scalar): boolean | null {
  if (digits(b) === '') return null
  const national = (value: Scalar) => digits(value).replace(/^0/, '')
  return (
    digits(a) === digits(b) || hasCountryCodeBefore(a, national(b)) || hasCountryCodeBefore(b, national(a))
  )
}

const sameText = (a: Scalar, b: Scalar): boolean =>
  alphanumerics(a) === alphanumerics(b) || (typeof a === 'number' && sameAmount(a, b, [], cent) === true)

/** Each answers null where the truth cannot be read as its kind. */
const sameBy: Record<
  FieldKind,
  (a: Scalar, b: Scalar, orders: readonly DateOrder[], tolerance: number) => boolean | null
> = {
  text: sameText,
  amount: sameAmount,
  date: sameDate,
  time: sameTime,
  phone: samePhone,
}

/**
 * The normalised comparison of a prediction with one truth: texts by letters and digits, dates as calendar dates,
 * amounts as numbers that differ by less than `tolerance`, times to the minute, phones by digits. Under two date orders, or when the truth cannot be read
 * as its kind, the letters and digits of the prediction's text count too.
 * @example isSame('date', { value: '2018-12-25', text: '25.12.18' }, '25/12/2018', ['day-first']) // true
 */
export function isSame(
  kind: FieldKind,
  prediction: Prediction,
  truth: Scalar,
  orders: readonly DateOrder[] = ['day-first'],
  tolerance = cent,
): boolean {
  const same = sameBy[kind](prediction.value, truth, orders, tolerance)
  const byText = same === null || (kind === 'date' && orders.length > 1)
  return (
    same === true || (byText && alphanumerics(prediction.text ?? prediction.value) === alphanumerics(truth))
  )
}

const money = /^-?(?:\p{Sc}|[A-Z]{1,3}\p{Sc}?)\s?-?\d[\d.,]*[.,]\d\d$/u
const phone = /^\+?[\d\s()./-]{7,}$/

/** How to compare with a truth of which nothing but its value is known. */
export function kindOf(value: Scalar): FieldKind {
  if (typeof value === 'number') return 'amount'
  if (typeof value !== 'string') return 'text'
  if (!/^\d+$/.test(value) && readDates(value, ['day-first']).length > 0) return 'date'
  if (/^\d{1,2}:\d{2}(:\d{2})?\s*([ap]m)?$/i.test(value)) return 'time'
  if (money.test(value)) return 'amount'
  return phone.test(value) && digits(value).length >= 7 ? 'phone' : 'text'
}

/** The same, as a field's spec has it. */
export const isSameBy = (
  { comparator, tolerance }: Pick<FieldSpec, 'comparator' | 'tolerance'>,
  prediction: Prediction,
  other: Scalar,
): boolean => isSame(comparator, prediction, other, ['day-first'], tolerance)
