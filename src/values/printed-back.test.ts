import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDate } from './date.ts'
import { decimalsOf } from './currencies.ts'
import { parseMoney } from './money.ts'
import { amountLocales, dateLocales } from './supported-locales.ts'

/** Of two decimals, of none, and of three. */
const currencies = ['EUR', 'USD', 'SEK', 'INR', 'JPY', 'KWD'] as const

const numbering = { numberingSystem: 'latn' } as const

describe('every supported locale reads its amounts back', () => {
  test.each(amountLocales)('%s', (locale) => {
    const one = fc.constantFrom(...currencies)
    const style = fc.constantFrom('standard', 'accounting')
    const shown = fc.constantFrom('symbol', 'code', 'narrowSymbol')
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_99, max: 99_999_999_99 }), one, style, shown, (units, currency, currencySign, currencyDisplay) => {
        const amount = units / 10 ** decimalsOf(currency)
        const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencySign, currencyDisplay, ...numbering })
        const printed = format.format(amount)
        expect(parseMoney(printed)?.amount, printed).toBe(amount)
      }),
      { numRuns: 60 },
    )
  })
}) // prettier-ignore

/** The order of day and month in which a locale writes its short dates. */
function isDayFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale, { dateStyle: 'short' }).formatToParts(0).map((p) => p.type)
  return parts.indexOf('day') < parts.indexOf('month')
}

describe('every supported locale reads its dates back', () => {
  test.each(dateLocales)('%s', (locale) => {
    // Years of two digits are of this century from 2553 on in the Buddhist era.
    const min = new Date(locale === 'th' ? '2010-01-01' : '1990-01-01')
    const day = fc.date({ min, max: new Date('2039-12-31'), noInvalidDate: true })
    const style = fc.constantFrom('short', 'medium', 'long')
    fc.assert(
      fc.property(day, style, (date, dateStyle) => {
        const options = { dateStyle, timeZone: 'UTC', ...numbering } as Intl.DateTimeFormatOptions
        const printed = new Intl.DateTimeFormat(locale, options).format(date)
        const reading = readDate(printed, { buddhist: locale === 'th' })
        const read = isDayFirst(locale) ? reading?.dayFirst : reading?.monthFirst
        expect(read, printed).toBe(date.toISOString().slice(0, 10))
      }),
      { numRuns: 60 },
    )
  })
})
