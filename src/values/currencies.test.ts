import { expect, test } from 'vitest'
import { currenciesOn, currencyMarks, currencyOf, decimalsOf, nowhere } from './currencies.ts'

const codes = 'SEK NOK DKK PLN CZK THB PHP AED ZAR MXN HKD CNY BRL HUF EUR USD GBP CHF INR JPY KRW'.split(' ')

test.each(codes)('%s is read before and behind an amount', (code) => {
  expect(currencyOf(`TOTAL ${code} 455.00`)).toBe(code)
  expect(currencyOf(`455.00 ${code}`)).toBe(code)
  expect(currencyOf(`Item ${code}455.00`)).toBe(code)
})

test.each([
  ['TOTAL RM 5.00', 'MYR'],
  ['TOTAL: 5,00 EUR', 'EUR'],
  ['Total HK$ 5', 'HKD'],
  ['CA$5', 'CAD'],
  ['A$5', 'AUD'],
  ['R$ 9,45', 'BRL'],
  ['-R$ 2,00', 'BRL'],
  ['55,47 zł', 'PLN'],
  ['55,47 zl', 'PLN'],
  ['120 Kč', 'CZK'],
  ['3000 Ft', 'HUF'],
  ['25 lei', 'RON'],
  ['₺45,00', 'TRY'],
  ['₱455.00', 'PHP'],
  ['120 ฿', 'THB'],
  ['¥1,200', 'JPY'],
  ['TOTAL TRY 45,00', 'TRY'],
  ['Total CAD 45.00', 'CAD'],
  ['Total RON 45.00', 'RON'],
  ['Currency: CAD', 'CAD'],
  ['Alle Beträge in CHF', 'CHF'],
  ['AMOUNT (RM)', 'MYR'],
  ['TOTAL RM INCLUDING GST 6%', 'MYR'],
  ['EUR', 'EUR'],
])('%j names %s', (text, code) => expect(currencyOf(text)).toBe(code))

test.each([
  'ITEMS$5.00',
  '$5',
  'THE FARM STORE',
  'RMS AIRCON',
  'USDA BEEF',
  'EUROMART',
  'MR. D.I.¥. (M) SDN BHD',
  'ABC SDN BHD (1248717-W)',
  'BUY ALL 5.00',
  'TRY OUR PIE 5.00',
  'TOP 3.00 hits',
  'CAD DRAWING 25.00',
  'Autodesk CAD',
  'BBQ RUB 5.00',
  'XQZ 12.00',
  'TOTAL XQZ 12.00',
  'P200 pump',
  'AOA1-ADI',
  '4.00 SR',
  '9.80 S',
  '12,00 kr',
])('%j names none', (text) => expect(currencyOf(text)).toBeNull())

test('what most of a page names, and what its total names, comes first', () => {
  const marks = ['Item 5.00 USD', 'TOTAL EUR 4.60'].map(currencyMarks)
  expect(currenciesOn(marks, nowhere).map(({ code }) => code)).toEqual(['EUR', 'USD'])
  expect(currenciesOn(marks, nowhere)[0]!.certainty).toBeCloseTo(0.75)
})

test('a sign that the country would have to decide is less sure', () => {
  expect(currenciesOn([currencyMarks('Total $5.00')], nowhere)).toMatchObject([
    { code: 'USD', certainty: expect.closeTo(0.8) },
  ])
  expect(currenciesOn([currencyMarks('Total 5.00 kr')], nowhere)).toEqual([])
})

test.each([
  ['JPY', 0],
  ['EUR', 2],
  ['KWD', 3],
  ['XQZ', 2],
  [null, 2],
])('%s has %d decimals', (currency, decimals) => expect(decimalsOf(currency)).toBe(decimals))
