import { currencyOf, dashAfter, decimalsOf, signAfter, signBefore } from './currencies.ts'

/** An amount as printed. `currency` is ISO 4217 when a symbol or code stood beside it that means only one. */
export interface Money {
  readonly amount: number
  readonly currency: string | null
}

/** Spaces that never part words: no-break, narrow no-break, thin, of a digit, of a point. */
const narrow = String.raw`[\u00a0\u202f\u2009\u2007\u2008]`
const apostrophe = `['’‘´\`ʼ]`
const byMark = String.raw`\d{1,3}(?:${narrow}\d{3})+|\d{1,3}(?:(?:[,.]|${apostrophe})\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}`
const spaced = String.raw`\d{1,3}(?: \d{3})+`

/** Plain spaces group only before a decimal comma or behind a sign: "2 150.00" is a count and an amount. */
const grouped = String.raw`${spaced}(?=\s?,)|${spaced}(?=\.)(?<=${signBefore}\s?${spaced})|${byMark}|\d+`

/** Spaces around a decimal point are forgiven ("11. 80"), around a comma not: "Shop 3, 59 Main St" holds no amount. */
const withDecimals = String.raw`(?:${grouped})(?:\s?\.\s?|\s?,)\d{2}`
const groupedWhole = String.raw`[1-9]\d{0,2}(?:(?:[.,]|${apostrophe}|${narrow})\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3}`
const whole = String.raw`(?:${groupedWhole}|[1-9]\d{0,2}(?: \d{3})+(?! ?\d)|(?:0|[1-9]\d{0,7}))`

const minus = String.raw`(?:[-–−]\s?)?`
const start = String.raw`(?<![\d.,:/])(?<!\d[-–])(?:[-–−(]\s?)?`
/** Percentages and longer digit runs are not amounts. */
const notMore = String.raw`(?![\d%])(?!\s?%)(?![.,/:]\d)`
const end = String.raw`(?:\s?(?:CR|DR)(?!\p{L}))?(?:-(?!\d)|\))?`

/** Makes a pattern of its own for every search; the source, which is long, is put together once. */
const finder = (source: string) => (): RegExp => new RegExp(source, 'gu')

const amounts = (digits: string): string =>
  String.raw`${start}(?:${signBefore}\s?)?${minus}(?:${digits})${notMore}(?:\s?${signAfter}(?!\s?\d))?${end}`

/** Finds amounts with two decimals in a line, with their signs, brackets and what says that they are a credit. */
export const moneyPattern = finder(amounts(withDecimals))

/** Finds amounts of currencies without decimals, whose thousands are grouped: "Rp122.700", "¥1,200". */
export const wholeMoneyPattern = finder(amounts(groupedWhole))

/** Finds whole amounts that say so by a dash in the place of decimals: "1,500/-", "12,-", "45:-". */
export const dashedMoneyPattern = finder(
  String.raw`${start}(?:${signBefore}\s?)?${minus}${whole}${dashAfter}(?!\d)(?:\s?${signAfter}(?!\s?\d))?\)?`,
)

const wholeAlone = String.raw`${whole}${notMore}(?!\s?\.\s?\d{2}(?!\d))`

/** Finds whole amounts beside a sign or code: "₹360", "¥480", "RM 5", "25 kr". */
export const signedMoneyPattern = finder(
  String.raw`${start}(?:${signBefore}\s?${minus}${wholeAlone}(?:\s?${signAfter}(?!\s?\d))?|${minus}${wholeAlone}\s?${signAfter}(?!\s?\d))${end}`,
)

const grouping = /^(?:\d+|[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3})?$/

/**
 * The decimal separator is the last of '.' and ',' when one or two digits follow it, or three in a currency of three
 * decimals; any other groups thousands.
 */
function toNumber(digits: string, currency: string | null): number | null {
  const printed = digits.replace(/\s*([.,])\s*/g, '$1').replace(/\s+/g, ' ')
  const decimals = decimalsOf(currency) === 3 ? /[.,](\d{1,3})$/ : /[.,](\d{1,2})$/
  const decimal = decimals.exec(printed)
  const integer = decimal ? printed.slice(0, decimal.index) : printed.replace(/[.,]$/, '')
  return grouping.test(integer) ? Number(`${integer.replace(/\D/g, '')}.${decimal?.[1] ?? ''}`) : null
}

const marksOfDirection = /[\u200e\u200f\u061c]/g
const dash = new RegExp(String.raw`(?<=\d)${dashAfter}(?!\d)`, 'u')

/** One kind of each mark, and no dash in the place of decimals. */
const plain = (text: string): string =>
  text
    .replace(marksOfDirection, '')
    .replace(new RegExp(narrow, 'g'), ' ')
    .replace(new RegExp(apostrophe, 'g'), "'")
    .replace(dash, ' ')

const isNegative = (text: string): boolean =>
  /^\s*\(.*\)\s*$|[-–−]\s?\D{0,4}\d|\d\s?[-–−]\s*$|\d\s?CR\s*$/.test(text)

/**
 * Reads the one amount of a text, in any usual notation; null for percentages, and where other digits stand beside it.
 * @example parseMoney('RM1,234.50') // { amount: 1234.5, currency: 'MYR' }
 * @example parseMoney('1.234,56 €') // { amount: 1234.56, currency: 'EUR' }
 * @example parseMoney('1,500/-') // { amount: 1500, currency: null }
 * @example parseMoney('-3.00') // { amount: -3, currency: null }
 */
export function parseMoney(text: string): Money | null {
  const printed = plain(text)
  const numbers = printed.match(/(?<![\p{L}.,])[.,]\d{2}(?!\d)|\d(?:[\d.,'\s]*\d)?/gu) ?? []
  if (numbers.length !== 1 || printed.includes('%')) return null
  const currency = currencyOf(text)
  const value = toNumber(numbers[0], currency)
  return value === null ? null : { amount: isNegative(printed) ? -value : value, currency }
}

/** Amounts are compared and added in hundredths, where binary fractions cannot drift. */
export const toCents = (amount: number): number => Math.round(amount * 100)

/** Currencies whose amounts are hardly ever printed with decimals, whatever ISO 4217 says. */
const printedWhole = new Set(['IDR', 'COP', 'HUF', 'IRR', 'LAK', 'MMK', 'LBP', 'CLP'])

/** Whether amounts of a currency are usually printed with decimals. */
export const hasDecimals = (currency: string | null): boolean =>
  currency === null || (decimalsOf(currency) > 0 && !printedWhole.has(currency))
