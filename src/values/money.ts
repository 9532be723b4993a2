/** An amount as printed. `currency` is ISO 4217 when a symbol or code stood beside it. */
export interface Money {
  readonly amount: number
  readonly currency: string | null
}

/** Symbols and codes as printed, longest first, to ISO 4217. A bare "$" depends on the country: see locale.ts. */
const currencySigns: readonly (readonly [sign: string, code: string])[] = [
  ['HK$', 'HKD'],
  ['NT$', 'TWD'],
  ['US$', 'USD'],
  ['AU$', 'AUD'],
  ['CA$', 'CAD'],
  ['S$', 'SGD'],
  ['A$', 'AUD'],
  ['C$', 'CAD'],
  ['R$', 'BRL'],
  ['MYR', 'MYR'],
  ['SGD', 'SGD'],
  ['USD', 'USD'],
  ['EUR', 'EUR'],
  ['GBP', 'GBP'],
  ['AUD', 'AUD'],
  ['CAD', 'CAD'],
  ['CHF', 'CHF'],
  ['INR', 'INR'],
  ['IDR', 'IDR'],
  ['JPY', 'JPY'],
  ['RM', 'MYR'],
  ['Rp', 'IDR'],
  ['Rs', 'INR'],
  ['₹', 'INR'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₩', 'KRW'],
  ['₫', 'VND'],
]

const escape = (s: string): string => s.replaceAll('$', '\\$')
const sign = [...currencySigns.map(([s]) => escape(s)), '\\$'].join('|')
/** Spaces group only before a decimal comma: "2 150.00" is a count and an amount. */
const grouped = String.raw`\d{1,3}(?: \d{3})+(?=\s?,)|\d{1,3}(?:[,.'’]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+`

/** Spaces around a decimal point are forgiven ("11. 80"), around a comma not: "Shop 3, 59 Main St" holds no amount. */
const withDecimals = String.raw`(?:${grouped})(?:\s?\.\s?|\s?,)\d{2}`
const withoutDecimals = String.raw`[1-9]\d{0,2}(?:[.,]\d{3})+`

const amountPattern = (digits: string): RegExp =>
  new RegExp(
    String.raw`(?<![\d.,:/])(?<![\d][-–])(?:[-–−(]\s?)?(?:(?:${sign})\.?\s?)?(?:[-–−]\s?)?${digits}(?![\d%])(?!\s?%)(?![.,/:]\d)(?:\s?(?:${sign}))?(?:-(?!\d)|\))?`,
    'gi',
  )

/**
 * Finds amounts with two decimals in a line. A sign before or after, or brackets, make one negative. Percentages and
 * longer digit runs are not amounts.
 */
export const moneyPattern = (): RegExp => amountPattern(withDecimals)

/** Finds amounts of currencies without decimals, whose thousands are grouped: "Rp122.700", "¥1,200". */
export const wholeMoneyPattern = (): RegExp => amountPattern(withoutDecimals)

const currenciesWithoutDecimals = new Set(['IDR', 'JPY', 'KRW', 'VND', 'CLP'])

export const hasDecimals = (currency: string | null): boolean =>
  currency === null || !currenciesWithoutDecimals.has(currency)

/** Letters of a sign may not touch other letters; signs of two letters are told from words by their case. */
const currencyPatterns = currencySigns.map(([s, code]) => {
  const before = /^[A-Za-z]/.test(s) ? '(?<![A-Za-z])' : ''
  // OCR reads Y as ¥: only beside digits it is a sign.
  const after = /[A-Za-z]$/.test(s) ? '(?![A-Za-z])' : s === '¥' ? '(?=\\s?\\d)' : ''
  return [new RegExp(before + escape(s) + after, s.length === 2 ? '' : 'i'), code] as const
})

export interface PrintedCurrency {
  /** ISO 4217. */
  readonly code: string
  /** As printed. */
  readonly sign: string
}

/** The currency that a text names by symbol or code; null when it names none, or only "$". */
export function findCurrency(text: string): PrintedCurrency | null {
  for (const [pattern, code] of currencyPatterns) {
    const sign = pattern.exec(text)?.[0]
    if (sign !== undefined) return { code, sign }
  }
  return null
}

export const currencyOf = (text: string): string | null => findCurrency(text)?.code ?? null

const grouping = /^(?:\d+|[1-9]\d{0,2}(?:([.,'’ ])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3})?$/

/** The decimal separator is the last of '.' and ',' when one or two digits follow it; any other groups thousands. */
function toNumber(digits: string): number | null {
  const printed = digits.replace(/\s*([.,])\s*/g, '$1').replace(/\s+/g, ' ')
  const decimal = /[.,](\d{1,2})$/.exec(printed)
  const whole = decimal ? printed.slice(0, decimal.index) : printed.replace(/[.,]$/, '')
  return grouping.test(whole) ? Number(`${whole.replace(/\D/g, '')}.${decimal?.[1] ?? ''}`) : null
}

/**
 * Reads the one amount of a text, in any usual notation; null for percentages, and where other digits stand beside it.
 * @example parseMoney('RM1,234.50') // { amount: 1234.5, currency: 'MYR' }
 * @example parseMoney('1.234,56 €') // { amount: 1234.56, currency: 'EUR' }
 * @example parseMoney('-3.00') // { amount: -3, currency: null }
 */
export function parseMoney(text: string): Money | null {
  const negative = /^\s*\(.*\)\s*$|[-–−]\s?\D{0,4}\d|\d\s?[-–−]\s*$/.test(text)
  const numbers = text.match(/(?<![\p{L}.,])[.,]\d{2}(?!\d)|\d(?:[\d.,'’\s]*\d)?/gu) ?? []
  const value = numbers.length === 1 && !text.includes('%') ? toNumber(numbers[0]) : null
  if (value === null) return null
  return { amount: negative ? -value : value, currency: currencyOf(text) }
}

/** Amounts are compared and added in hundredths, where binary fractions cannot drift. */
export const toCents = (amount: number): number => Math.round(amount * 100)
