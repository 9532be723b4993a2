import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencyOf } from './currencies.ts'
import { moneyPattern, parseMoney, toCents, hasDecimals, wholeMoneyPattern } from './money.ts'

test.each([
  ['RM1,234.50', 1234.5, 'MYR'],
  ['1.234,56 €', 1234.56, 'EUR'],
  ['1 234,56', 1234.56, null],
  ['1 234 567,89', 1234567.89, null],
  ["1'234.50", 1234.5, null],
  ['CHF 1’234.50', 1234.5, 'CHF'],
  ['₹1,23,456.00', 123456, 'INR'],
  ['12.345.678', 12345678, null],
  ['12,345,678.90', 12345678.9, null],
  ['Rp 12.345', 12345, 'IDR'],
  ['11. 80', 11.8, null],
  ['11 ,80', 11.8, null],
  ['(5.00)', -5, null],
  ['(RM5.00)', -5, 'MYR'],
  ['5.00-', -5, null],
  ['-3.00', -3, null],
  ['−3.00', -3, null],
  ['- RM 5.00', -5, 'MYR'],
  ['RM-5.00', -5, 'MYR'],
  ['$7.60', 7.6, null],
  ['US$ 7.60', 7.6, 'USD'],
  ['5.00 usd', 5, 'USD'],
  ['.50', 0.5, null],
  ['5,-', 5, null],
  ['7', 7, null],
])('%s is %d %s', (text, amount, currency) => {
  expect(parseMoney(text)).toEqual({ amount, currency })
})

test.each([
  'RM',
  '',
  '12%',
  '12.50 %',
  '2.5.00',
  '1.2.3',
  '1,2345.00',
  '1.234,567.89',
  '10.00 - 5.00',
  '2 x 5.00',
  'T-3 5.00',
  '12:30',
  '2018-03-02',
])('%j is not one amount', (text) => expect(parseMoney(text)).toBeNull())

test.each([
  ['TEH TARIK 2 x 1.50 3.00', ['1.50', '3.00']],
  ['2 150.00 300.00', ['150.00', '300.00']],
  ['Total TTC 1 234,56 €', ['1 234,56 €']],
  ['GST 6% RM 0.51', ['RM 0.51']],
  ['Disc 10.00% -1.20', ['-1.20']],
  ['VOID (5.00)', ['(5.00)']],
  ['REFUND 5.00-', ['5.00-']],
  ['02.03.2018 10:15:30', []],
  ['Tel 03-7955 2020', []],
  ['GST ID 0012.345.67.89', []],
  ['0.123 kg', []],
])('finds the amounts of %j', (line, found) => {
  expect(line.match(moneyPattern()) ?? []).toEqual(found)
})

test.each([
  ['TOTAL RM 5.00', 'MYR'],
  ['TOTAL: 5,00 EUR', 'EUR'],
  ['Total HK$ 5', 'HKD'],
  ['CA$5', 'CAD'],
  ['A$5', 'AUD'],
  ['ITEMS$5.00', null],
  ['THE FARM STORE', null],
  ['RMS AIRCON', null],
  ['USDA BEEF', null],
  ['EUROMART', null],
  ['$5', null],
])('%s names %s', (text, currency) => expect(currencyOf(text)).toBe(currency))

/** How a country prints an amount of hundredths. */
const formats = {
  en: new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 }),
  de: new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2 }),
  fr: new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2 }),
  ch: new Intl.NumberFormat('de-CH', { minimumFractionDigits: 2 }),
  in: new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2 }),
}

test.each(Object.entries(formats))('reads back what %s prints', (_, format) => {
  const cents = fc.integer({ min: -99_999_999, max: 99_999_999 })
  fc.assert(
    fc.property(cents, (c) => {
      const printed = format.format(c / 100)
      expect(toCents(parseMoney(printed)!.amount)).toBe(c)
    }),
  )
})

test('what the pattern finds is an amount, whatever the line', () => {
  const line = fc.array(fc.constantFrom(...Array.from('0123456789.,-()%$RM €x:/ ')), { maxLength: 24 })
  fc.assert(
    fc.property(line, (characters) => {
      for (const found of characters.join('').match(moneyPattern()) ?? []) {
        const parsed = parseMoney(found)
        if (parsed) expect(Number.isFinite(parsed.amount)).toBe(true)
        expect(found).toMatch(/\d\s?[.,]\s?\d\d/)
      }
    }),
  )
})

test('amounts of currencies without decimals have grouped thousands', () => {
  const found = (text: string) => [...text.matchAll(wholeMoneyPattern())].map(([amount]) => amount)
  expect(found('TOTAL: Rp122.700')).toEqual(['Rp122.700'])
  expect(found('2 x 13.000 = 26.000')).toEqual(['13.000', '26.000'])
  expect(found('¥1,200 on 03.12.2016, 12.50')).toEqual(['¥1,200'])
  expect([hasDecimals('IDR'), hasDecimals('MYR'), hasDecimals(null)]).toEqual([false, true, true])
})

test('a Y that was read as ¥ is no currency', () => {
  expect(currencyOf('MR. D.I.¥. (M) SDN BHD')).toBeNull()
  expect(currencyOf('¥1,200')).toBe('JPY')
})
