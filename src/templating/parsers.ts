import type { Scalar, Violation } from '../core/extraction.ts'
import { datePatterns, isAmbiguous, readDate, type DateReading } from '../values/date.ts'
import { repairDigits } from '../values/digits.ts'
import type { Locale } from '../values/locale.ts'
import {
  dashedMoneyPattern,
  hasDecimals,
  moneyPattern,
  parseMoney,
  signedMoneyPattern,
  wholeMoneyPattern,
} from '../values/money.ts'
import { numberPattern, parseNumber } from '../values/number.ts'
import { parseTime, timePattern } from '../values/time.ts'
import { repairWords } from '../values/words.ts'

export interface Parsed {
  readonly value: NonNullable<Scalar>
  /** The part of the text that holds the value, as printed. */
  readonly text: string
  /** How likely the text means this value, 0 to 1; 1 where it is left out. */
  readonly certainty?: number
  /** What else the text may mean, the likeliest first. */
  readonly others?: readonly Reread[]
  /** Why the value is in doubt; becomes a violation where the value is taken. */
  readonly doubt?: Omit<Violation, 'field'>
}

/** Another value that the same text may mean. */
export interface Reread {
  readonly value: NonNullable<Scalar>
  readonly certainty: number
}

/** Printed text to a typed value; null when the text is no such value. */
export type ValueParser = (text: string, locale: Locale) => Parsed | null

/** Any text, without what OCR reads of rules and specks at its ends. */
export const text: ValueParser = (raw) => {
  const clean = raw.replace(/\s+/g, ' ').replace(/^[^\p{L}\p{N}(#+]+|[^\p{L}\p{N}).%!]+$/gu, '')
  return clean === '' ? null : { value: clean, text: clean }
}

/** A name or address, with words that OCR read almost right mended. */
export const wording: ValueParser = (raw, locale) => {
  const parsed = text(raw, locale)
  const mended = parsed && repairWords(parsed.text)
  return mended ? { value: mended, text: mended } : null
}

const onlyAmount = /^\D{0,5}\d[\d,.\s'’]*\D{0,5}$/u

/**
 * The last amount of the text as a number; whole numbers count only with a sign or a dash beside them, in a currency that
 * is printed without decimals, or where nothing else stands.
 */
export const money: ValueParser = (raw, { currency }) => {
  if (!/\d/.test(raw)) return null
  const repaired = repairDigits(raw)
  const patterns = [moneyPattern(), dashedMoneyPattern(), signedMoneyPattern()]
  if (!hasDecimals(currency)) patterns.push(wholeMoneyPattern())
  const matches = patterns.map((pattern) => repaired.match(pattern)).find((found) => found !== null)
  const found = matches?.at(-1) ?? onlyAmount.exec(repaired)?.[0]
  const parsed = found === undefined ? null : parseMoney(found)
  if (!found || !parsed) return null
  return { value: parsed.amount, text: found.trim().replace(/\s*([.,])\s*(?=\d)/g, '$1') }
}

/** The first number of the text, thousands and decimals as printed. */
export const number: ValueParser = (raw) => {
  const found = numberPattern.exec(repairDigits(raw))?.[0].replace(/[.,]+$/, '')
  const value = found === undefined ? null : parseNumber(found)
  return found === undefined || value === null ? null : { value, text: found }
}

export const integer: ValueParser = (raw, locale) => {
  const parsed = number(raw, locale)
  return parsed && Number.isInteger(parsed.value) ? parsed : null
}

/** Dates with points between are written by those who put the day first; in units of log odds. */
const forPoints = 2
/** Below this the order of day and month is in doubt. */
const decided = 0.9

/** The probability that a printed date has the day first. */
function dayFirstOdds({ hasPoints }: DateReading, { dayFirst }: Locale): number {
  const odds = Math.log(dayFirst / (1 - dayFirst)) + (hasPoints ? forPoints : 0)
  return 1 / (1 + Math.exp(-odds))
}

/** Of two orders of day and month the likelier, with the other beside it. */
function ordered(reading: DateReading, text: string, locale: Locale): Parsed {
  if (!isAmbiguous(reading)) return { value: reading.dayFirst, text }
  const p = dayFirstOdds(reading, locale)
  const both = [
    { value: reading.dayFirst, certainty: p },
    { value: reading.monthFirst, certainty: 1 - p },
  ].sort((a, b) => b.certainty - a.certainty)
  const [first, other] = both as [Reread, Reread]
  const parsed = { ...first, text, others: [other] }
  if (first.certainty >= decided) return parsed
  const message = `"${text}" may be ${first.value} or ${other.value}: too little on the page tells whether the day or the month comes first.`
  return { ...parsed, doubt: { code: 'DATE_ORDER_UNCERTAIN', message } }
}

/** A calendar date as ISO 8601, in the order of day and month that the page makes likely. */
export const date: ValueParser = (raw, locale) => {
  const repaired = repairDigits(raw)
  for (const pattern of datePatterns) {
    for (const [found] of repaired.matchAll(pattern)) {
      const reading = readDate(found, { buddhist: locale.country === 'TH' })
      if (reading !== null) return ordered(reading, found.trim(), locale)
    }
  }
  return null
}

/** A time of day as HH:MM or HH:MM:SS. */
export const time: ValueParser = (raw) => {
  const repaired = repairDigits(raw)
  const found = timePattern().exec(repaired)?.[0]
  const value = found === undefined ? null : parseTime(found)
  return value === null || found === undefined ? null : { value, text: found.trim() }
}

/** A phone number as printed. */
export const phone: ValueParser = (raw) => {
  const found = /[+(]?\d[\d\s().–/-]{5,20}\d/.exec(repairDigits(raw))?.[0].trim()
  return found === undefined ? null : { value: found, text: found }
}

/** A ticked or empty box, or a word that says yes or no, at the start. */
export const boolean: ValueParser = (raw) => {
  const [, found] = /^[^\p{L}\p{N}✓☑☒☐]*([✓☑☒☐]|(?:yes|true|x|no|false)(?![\p{L}\p{N}]))/iu.exec(raw) ?? []
  return found === undefined ? null : { value: !/^(no|false|☐)$/i.test(found), text: found }
}
