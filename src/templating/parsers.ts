import type { Scalar } from '../core/extraction.ts'
import { datePatterns, parseDate } from '../values/date.ts'
import { repairDigits } from '../values/digits.ts'
import type { Locale } from '../values/locale.ts'
import { hasDecimals, moneyPattern, parseMoney, wholeMoneyPattern } from '../values/money.ts'
import { numberPattern, parseNumber } from '../values/number.ts'
import { parseTime, timePattern } from '../values/time.ts'
import { repairWords } from '../values/words.ts'

export interface Parsed {
  readonly value: NonNullable<Scalar>
  /** The part of the text that holds the value, as printed. */
  readonly text: string
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

/** The last amount of the text as a number; whole numbers count only where nothing else stands. */
export const money: ValueParser = (raw, { currency }) => {
  const repaired = repairDigits(raw)
  const whole = hasDecimals(currency) ? null : repaired.match(wholeMoneyPattern())
  const found =
    (repaired.match(moneyPattern()) ?? whole)?.at(-1) ?? /^\D{0,4}\d[\d,. ]*\D{0,4}$/.exec(repaired)?.[0]
  const parsed = found === undefined ? null : parseMoney(found)
  if (!found || !parsed) return null
  return { value: parsed.amount, text: found.trim().replace(/\s*([.,])\s*/g, '$1') }
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

/** A calendar date as ISO 8601. */
export const date: ValueParser = (raw, locale) => {
  const repaired = repairDigits(raw)
  for (const pattern of datePatterns) {
    for (const [found] of repaired.matchAll(pattern)) {
      const value = parseDate(found, locale)
      if (value !== null) return { value, text: found.trim() }
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
