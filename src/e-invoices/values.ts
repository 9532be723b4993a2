import { ParallaxError } from '../core/errors.ts'
import type { XmlElement } from './xml.ts'

const wrong = (what: string, text: string): ParallaxError =>
  new ParallaxError('E_CORRUPT', `The e-invoice says "${text.slice(0, 40)}" where ${what} is due.`)

/** Digits of an amount beyond which a double no longer tells hundredths apart. */
const mostDigits = 15

/** A number as XML Schema writes it; null where there is none, E_CORRUPT for anything else. */
export function decimal(text: string | null): number | null {
  if (text === null) return null
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text)) throw wrong('a number', text)
  const digits = text.replace(/^[+-]?0*|\.|0*$/g, '')
  if (digits.length > 2 * mostDigits || !(Math.abs(Number(text)) < 10 ** mostDigits))
    throw wrong('a number of at most 15 digits', text)
  return Number(text)
}

function checkDay(iso: string, text: string): string {
  const day = new Date(`${iso}T00:00:00Z`)
  if (Number.isNaN(day.valueOf()) || day.toISOString().slice(0, 10) !== iso) throw wrong('a day', text)
  return iso
}

/** A day as `2024-06-17`, with a time or zone after it or none, or as `20240617`; null where there is none. */
export function day(text: string | null): string | null {
  if (text === null) return null
  const found = /^(\d{4})-?(\d{2})-?(\d{2})(?:$|[T+\-Z\d])/.exec(text)
  if (!found) throw wrong('a day', text)
  return checkDay(found.slice(1, 4).join('-'), text)
}

/** The parts that there are, with commas between. */
export const listed = (parts: readonly (string | null)[]): string | null =>
  parts.filter((part) => part !== null).join(', ') || null

/** An IBAN in capitals without spaces; null for another kind of account. */
export function ibanOf(text: string | null): string | null {
  const plain = (text ?? '').replace(/\s/g, '').toUpperCase()
  return /^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(plain) ? plain : null
}

/** What is said in a currency, where it is said in several. */
export const inCurrency = (amounts: readonly XmlElement[], currency: string | null): XmlElement | undefined =>
  amounts.find(({ attributes }) => attributes['currencyID'] === currency) ??
  amounts.find(({ attributes }) => attributes['currencyID'] === undefined)
