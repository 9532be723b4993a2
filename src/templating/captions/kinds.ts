import { RE2JS } from 're2js'
import { currencyMarks } from '../../values/currencies.ts'
import { currencyCode } from '../currency.ts'
import * as parsers from '../parsers.ts'
import type { Parsed, ValueParser } from '../parsers.ts'

/** What a field's values look like. */
export type Kind =
  | 'text'
  | 'lines'
  | 'code'
  | 'amount'
  | 'number'
  | 'integer'
  | 'date'
  | 'time'
  | 'dateTime'
  | 'boolean'
  | 'email'
  | 'uri'
  | 'phone'
  | 'iban'
  | 'vatId'
  | 'currency'
  | 'choice'

/** Whether what is read is a text, of which any words may be one, or has a form of its own. */
export const isFree = (kind: Kind): boolean => kind === 'text' || kind === 'lines'

const asFound = (found: string | undefined): Parsed | null =>
  found === undefined || found === '' ? null : { value: found, text: found }

const name: ValueParser = (raw, locale) => {
  const parsed = parsers.text(raw, locale)
  return parsed && /[\p{L}\p{N}]/u.test(parsed.text) ? parsed : null
}

const calendar = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/

/** The first words with digits, with the short groups of capitals beside them: "GB 987 6543 21", but not "Berlin 4711". */
const code: ValueParser = (raw) => {
  const bare = (word: string): string => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  const words = raw.split(/\s+/).map((word) => bare(bare(word).replace(/^\p{L}{3,}[.]?[:：](?=.*\d)/u, '')))
  const isGroup = (word: string | undefined): boolean => word !== undefined && /^\p{Lu}{1,4}$/u.test(word)
  const hasDigit = (word: string | undefined): boolean => word !== undefined && /\d/.test(word)
  const first = words.findIndex(hasDigit)
  if (first < 0) return null
  let from = first
  let to = first + 1
  while (isGroup(words[from - 1])) from--
  while (hasDigit(words[to]) || (isGroup(words[to]) && hasDigit(words[to + 1]))) to++
  const found = words.slice(from, to).join(' ')
  return calendar.test(found) ? null : asFound(found)
}

/** The letters of a text that are of no currency's sign or code. */
const lettersOf = (raw: string): string =>
  currencyMarks(raw)
    .reduce((rest, { sign }) => rest.replace(sign, ''), raw)
    .replace(/[^\p{L}]/gu, '')

/** An amount, also a whole one, where the text is not about something else: "30 days" is none. */
const amount: ValueParser = (raw, locale) => {
  const parsed = parsers.money(raw, locale)
  const isWhole = parsed === null || !/[.,]\d{1,2}(?!\d)/.test(parsed.text)
  if (calendar.test(raw.trim()) || (isWhole && lettersOf(raw).length > 3)) return null
  return parsed ?? (/%|\d[/:]\d/.test(raw) ? null : parsers.number(raw, locale))
}

const number: ValueParser = (raw, locale) =>
  /^\W{0,3}\d/u.test(raw) && !calendar.test(raw.trim()) ? parsers.number(raw, locale) : null

const integer: ValueParser = (raw, locale) => {
  const parsed = number(raw, locale)
  return parsed && Number.isInteger(parsed.value) ? parsed : null
}

const zone = /(?:Z|UTC|[+-]\d{2}:?\d{2})(?!\d)/

/** A moment as ISO 8601; without an offset where none is printed, for nothing is known of it. */
const dateTime: ValueParser = (raw, locale) => {
  const day = parsers.date(raw, locale)
  const rest = day ? raw.slice(raw.indexOf(day.text) + day.text.length) : ''
  const time = parsers.time(rest.replace(/^T/, '').replace(zone, ''), locale)
  if (!day || !time) return null
  const seconds = String(time.value).length === 5 ? ':00' : ''
  const offset = zone.exec(rest)?.[0] ?? ''
  const value = `${day.value}T${time.value}${seconds}${offset === 'UTC' ? 'Z' : offset}`
  return { value, text: raw.trim() }
}

const email: ValueParser = (raw) => asFound(/[^\s@<>,;:()]+@[^\s@<>,;:()]+\.\p{L}{2,}/u.exec(raw)?.[0])
const uri: ValueParser = (raw) => asFound(/\bhttps?:\/\/[^\s<>]+[^\s<>.,;)]/i.exec(raw)?.[0])

/** The remainder by which ISO 13616 tells a mistyped account number: right ones leave 1. */
function remainder(iban: string): number {
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (c) => String(c.charCodeAt(0) - 55))
  return [...digits].reduce((sum, digit) => (sum * 10 + Number(digit)) % 97, 0)
}

/** Whether a text is an account number of ISO 13616 whose check digits are right. */
export const isIban = (text: string): boolean => {
  const bare = text.replace(/\s/g, '')
  return /^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(bare) && remainder(bare) === 1
}

/** Letters that are read where digits are printed. */
const likeDigits: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' } // prettier-ignore

/** An account number without letters behind its country, as most countries have them. */
const inDigits = (text: string): string =>
  text.slice(0, 2) + text.slice(2).replace(/[A-Z]/g, (letter) => likeDigits[letter] ?? letter)

const iban: ValueParser = (raw) => {
  const [found] = /\b[A-Z]{2}[\dA-Z]{2}(?: ?[A-Z\d]{2,4}){3,8}/.exec(raw) ?? []
  if (found === undefined) return null
  const parts = found.split(' ')
  const lengths = parts.map((_, i) => parts.length - i)
  const printed = lengths.map((length) => parts.slice(0, length).join(' '))
  const right = [...printed, ...printed.map(inDigits)].find(isIban)
  return asFound(right)
}

/** Letters of a country and digits, or eight digits and more. */
const vatId: ValueParser = (raw, locale) => {
  const parsed = code(raw, locale)
  const bare = parsed?.text.replace(/[^\p{L}\p{N}]/gu, '') ?? ''
  return /^(?:[A-Z]{2,3}[A-Z\d]{6,13}|\d{8,15})$/.test(bare) ? parsed : null
}

export const parserOf: Readonly<Record<Kind, ValueParser>> = {
  text: name,
  lines: name,
  code,
  amount,
  number,
  integer,
  date: parsers.date,
  time: parsers.time,
  dateTime,
  boolean: parsers.boolean,
  email,
  uri,
  phone: parsers.phone,
  iban,
  vatId,
  currency: currencyCode,
  choice: name,
}

/** What is most of a text first: all of it, then ever shorter runs of its words. */
function runs(raw: string): readonly string[] {
  const words = raw.split(/\s+/).slice(0, 12)
  const lengths = words.map((_, i) => words.length - i)
  return lengths.flatMap((length) =>
    words.slice(0, words.length - length + 1).map((_, from) => words.slice(from, from + length).join(' ')),
  )
}

/** As a parser, but of the readings of a text the first that a pattern (RE2) accepts; what is no currency never is one. */
export function matchingPattern(kind: Kind, pattern: string): ValueParser {
  const parse = parserOf[kind]
  const compiled = RE2JS.compile(pattern)
  const fits = (value: unknown): boolean => typeof value !== 'string' || compiled.matcher(value).find()
  return (raw, locale) => {
    const parsed = parse(raw, locale)
    if (parsed && fits(parsed.value)) return parsed
    const isSuch = (run: string): boolean => kind !== 'currency' || parse(run, locale) !== null
    return asFound(runs(raw.trim()).find((run) => run !== '' && fits(run) && isSuch(run)))
  }
}

const spoken = (value: string): string =>
  value
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()

/** One of a few values, where its words stand in a text; the longest of those that do. */
export function oneOf(values: readonly (string | number | boolean)[]): ValueParser {
  const byLength = [...values].sort((a, b) => String(b).length - String(a).length)
  return (raw) => {
    const text = ` ${raw.toLowerCase().replace(/[^\p{L}\p{N}.%+-]+/gu, ' ')} `
    const found = byLength.find((value) =>
      [String(value).toLowerCase(), spoken(String(value))].some((words) => text.includes(` ${words} `)),
    )
    return found === undefined ? null : { value: found, text: String(found) }
  }
}
