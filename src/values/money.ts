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
]

const escape = (s: string): string => s.replaceAll('$', '\\$')
const sign = [...currencySigns.map(([s]) => escape(s)), '\\$'].join('|')
const grouped = String.raw`\d{1,3}(?:[,.'’ ]\d{3})+|\d+`

/**
 * Finds amounts with two decimals in a line, spaces around the separator forgiven ("11. 80"). A sign before or after, or
 * brackets, make it negative. Percentages and longer digit runs are not amounts.
 */
export const moneyPattern = (): RegExp =>
  new RegExp(
    String.raw`(?<![\d.,:/])(?<![\d][-–])(?:[-–−(]\s?)?(?:(?:${sign})\.?\s?)?(?:[-–−]\s?)?(?:${grouped})\s?[.,]\s?\d{2}(?![\d%])(?!\s?%)(?![.,/:]\d)(?:\s?(?:${sign}))?(?:-(?!\d)|\))?`,
    'gi',
  )

/** The ISO 4217 code that a text names by symbol or code; null when it names none, or only "$". */
export function currencyOf(text: string): string | null {
  const found = currencySigns.find(([s]) => {
    const letters = /^[A-Za-z]+$/.test(s)
    return letters
      ? new RegExp(`(?<![A-Za-z])${s}(?![A-Za-z])`, s.length === 2 ? '' : 'i').test(text)
      : text.includes(s)
  })
  return found?.[1] ?? null
}

/** The decimal separator is the last of '.' and ',' when one or two digits follow it; any other groups thousands. */
function toNumber(digits: string): number | null {
  const plain = digits.replace(/[\s'’]/g, '')
  if (!/^\d[\d.,]*$/.test(plain)) return null
  const decimal = /[.,](\d{1,2})$/.exec(plain)
  const whole = (decimal ? plain.slice(0, decimal.index) : plain).replace(/[.,]/g, '')
  return Number(`${whole || '0'}.${decimal?.[1] ?? '0'}`)
}

/**
 * Reads one amount in any usual notation.
 * @example parseMoney('RM1,234.50') // { amount: 1234.5, currency: 'MYR' }
 * @example parseMoney('1.234,56 €') // { amount: 1234.56, currency: 'EUR' }
 * @example parseMoney('-3.00') // { amount: -3, currency: null }
 */
export function parseMoney(text: string): Money | null {
  const negative = /^\s*\(.*\)\s*$|[-–−]\s?\D{0,4}\d|\d\s?[-–−]\s*$/.test(text)
  const digits = /\d[\d.,'’\s]*\d|\d/.exec(text)?.[0]
  const value = digits === undefined ? null : toNumber(digits)
  if (value === null || !Number.isFinite(value)) return null
  return { amount: negative ? -value : value, currency: currencyOf(text) }
}

/** Amounts are compared and added in hundredths, where binary fractions cannot drift. */
export const toCents = (amount: number): number => Math.round(amount * 100)
