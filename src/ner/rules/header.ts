import { wordConfidence, type Word } from '../../core/document.ts'
import type { Entity } from '../../core/engines.ts'
import { parseDate } from '../../values/date.ts'
import { addressWords, endsOfHeader, idWords, nameEndings, phoneWords, places } from './header-lexicon.ts'
import { phraseTokens, says } from './lexicon.ts'
import { digitCount, letterCount, type Line } from './line.ts'

/** What a line above the sale is; `street` may be an address, if one stands beside it. */
export type Kind = 'text' | 'address' | 'street' | 'phone' | 'id' | 'end' | 'noise' | 'date'

export interface HeaderLine {
  readonly line: Line
  readonly kind: Kind
}

const registration =
  /^[([{]?\s*(?:co\.?\s*(?:no|reg)\.?\s*[:.]?\s*|reg\.?\s*no\.?\s*[:.]?\s*)?[A-Z]{0,3}\s?\d{4,12}\s*[-–~]?\s*[A-Z0-9]?\s*[)\]}]?$/i

/** Postcodes with the town or state beside them. */
const postcodes: readonly RegExp[] = [
  /\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/, // GB
  /\b(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)\s+\d{4}\b/, // AU
  /\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b/, // US
  /(?:^|\s)(?:[A-Z]{1,2}-)?\d{4,5}\s+\p{Lu}\p{L}{2,}/u, // most of Europe, MY
  /\p{L}{3,}[ ,-]{1,3}\d{6}\b(?!\s?-?\s?[A-Z]\b)/u, // IN, SG
  /\bS\s?\(\d{6}\)/, // SG
]

const street = /\b\d{1,5}\s+[\w.]+\s+(?:st|rd|ave|dr|ln|blvd|hwy|way|street|road|drive)\b/i
const numberFirst = /^\W*\d{1,4}[A-Za-z]?(?:[-/]\d{1,4})?[,\s]+\p{Lu}[\p{L}.']{2,}/u
const numberLast = /^[^\d:]*\p{L}{4,}\.?\s\d{1,4}\s?[a-z]?\W*$/u

/** "NO. 12," or "LOT 5-A" on a line of its own. */
const houseNumber = /^\W*(?:no|lot|unit|blk|block|suite|g|d|pt)\W{0,3}\d[\w\s&,./-]{0,14}$/i

const isPlace = (text: string): boolean => {
  const tokens = phraseTokens(text)
  return tokens.length > 0 && tokens.length <= 4 && tokens.every((t) => says(t, places))
}

function isAddress(text: string): boolean {
  if (houseNumber.test(text) || street.test(text) || isPlace(text)) return true
  if (postcodes.some((p) => p.test(text)) && letterCount(text) >= 4) return true
  const words = phraseTokens(text).filter((t) => says(t, addressWords)).length
  const numbered = /^\W*(?:no|lot|unit|level|suite|blk|block|shop)?\W{0,3}[A-Z]?-?\d{1,5}[A-Z]?\b/i.test(text)
  return words >= 2 || (words === 1 && (numbered || /(?<!\d)\d{5}(?!\d)|,/.test(text)))
}

const isEmpty = (text: string): boolean =>
  letterCount(text) + digitCount(text) < 3 || (letterCount(text) < 3 && digitCount(text) < 5)

const startsSale = ['invoice', 'receipt no', 'cashier', 'bill no', 'inv no', 'doc no', 'operator', 'server']
const phoneNumber = /(?:\+?\d{1,3}[\s.-]?)?\(?\d{2,4}\)?[\s.-]{0,3}\d{3,4}[\s.-]{0,3}\d{3,5}(?!\d)/

/** Finds phone numbers in a line; longer runs of digits are something else. */
export const phonePattern = (): RegExp => new RegExp(phoneNumber.source, 'g')

function kindOf({ text, repaired, textLine: line, amounts }: Line): Kind {
  if (houseNumber.test(text)) return 'address'
  if (isEmpty(text) || wordConfidence(line.words) < 0.25) return 'noise'
  if (says(text, phoneWords)) return 'phone'
  if (parseDate(repaired, { dayFirst: true }) !== null) return 'date'
  if (registration.test(text.trim()) || says(text, idWords)) return 'id'
  if (says(text, startsSale)) return 'end'
  if (isAddress(text)) return 'address'
  if (phoneNumber.test(text) && digitCount(text) > letterCount(text)) return 'phone'
  if (says(text, endsOfHeader) || amounts.length > 0) return 'end'
  if (letterCount(text) < 3) return 'noise'
  const street = numberFirst.test(text) || numberLast.test(text)
  return street && !says(text, nameEndings) ? 'street' : 'text'
}

/** Lines of the first page up to the first amount, at most 18, each with its kind. */
export function headerOf(lines: readonly Line[]): readonly HeaderLine[] {
  const firstPage = lines.filter((l) => l.page === lines[0]?.page)
  const firstAmount = firstPage.findIndex((l) => l.amounts.length > 0)
  const end = Math.min(18, firstAmount < 0 ? firstPage.length : firstAmount)
  return firstPage.slice(0, end).map((line) => ({ line, kind: kindOf(line) }))
}

const edge = /^[^\p{L}\p{N}(]+|[^\p{L}\p{N}).]+$/gu

/** Words of a line without the specks and rules that OCR reads at its ends. */
export function cleanWords(line: Line): readonly Word[] {
  const words = line.textLine.words.map((w) => ({ ...w, text: w.text.replace(edge, '') }))
  const sound = (w: Word): boolean =>
    w.text.length > 0 && (w.text.length > 1 || w.confidence > 0.6 || /\d/.test(w.text))
  const from = words.findIndex(sound)
  const to = words.findLastIndex(sound)
  return from < 0 ? [] : line.textLine.words.slice(from, to + 1)
}

export function entityOf(label: string, words: readonly Word[], page: number, confidence: number): Entity {
  return { label, page, words, group: null, confidence: confidence * wordConfidence(words) }
}

/** The parts of a record that a line shows, by label; those without words are left out. */
export const recordOf = (
  parts: Readonly<Record<string, readonly Word[]>>,
  page: number,
  group: number,
  confidence: number,
): readonly Entity[] =>
  Object.entries(parts)
    .filter(([, words]) => words.length > 0)
    .map(([label, words]) => ({ ...entityOf(label, words, page, confidence), group }))
