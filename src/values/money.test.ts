import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  dashedMoneyPattern,
  hasDecimals,
  moneyPattern,
  parseMoney,
  signedMoneyPattern,
  wholeMoneyPattern,
} from './money.ts'

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
  ['12 345 678,90', 12345678.9, null],
  ['1\u00a0234,56', 1234.56, null],
  ['1\u202f234,56 €', 1234.56, 'EUR'],
  ['1\u2009234.56', 1234.56, null],
  ['R 1 234.50', 1234.5, null],
  ['₹1,25,000.00', 125000, 'INR'],
  ['₹360', 360, 'INR'],
  ['¥480', 480, 'JPY'],
  ['360/-', 360, null],
  ['Rs. 1,500/-', 1500, 'INR'],
  ['12,-', 12, null],
  ['12.–', 12, null],
  ['CHF 12.–', 12, 'CHF'],
  ['45:-', 45, null],
  ['-12,-', -12, null],
  ['-R$ 2,00', -2, 'BRL'],
  ['12.00 CR', -12, null],
  ['12.00 DR', 12, null],
  ['KWD 1.500', 1.5, 'KWD'],
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

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([a]) => a)

test.each([
  ['Breakfast x2 ¥3,600', ['¥3,600']],
  ['₹360 2 kr', ['₹360', '2 kr']],
  ['RM 5', ['RM 5']],
  ['₹360.00', []],
  ['Table 12', []],
  ['50% of £', []],
])('whole amounts beside signs in %j', (text, amounts) =>
  expect(found(text, signedMoneyPattern())).toEqual(amounts),
)

test.each([
  ['Sweets 1,240/-', ['1,240/-']],
  ['Menu 12.- Wein 8,–', ['12.-', '8,–']],
  ['45:-', ['45:-']],
  ['10-12', []],
  ['2024-10-01', []],
  ['12/-5', []],
])('whole amounts with dashes in %j', (text, amounts) =>
  expect(found(text, dashedMoneyPattern())).toEqual(amounts),
)
