import { expect, test } from 'vitest'
import { amountOf, dayOf, readByCaptions, type CaptionField } from './caption-regex.ts'

const slip = `
   Contract #: 4711-2          Advertiser          Flight Dates
   Page 1 of 3                 Halden & Moor Ltd   06/30/20 - 07/06/20

   Spots            12         Gross Amount:   $ 1,406.25      Net: 1,195.31
`
const fields: readonly CaptionField[] = [
  { pointer: '/number', captions: [/contract (?:no\.?|#)/], kind: 'code' },
  { pointer: '/advertiser', captions: [/advertiser/], kind: 'text' },
  { pointer: '/gross', captions: [/total due/, /gross amount/], kind: 'amount' },
  { pointer: '/from', captions: [/flight dates/], kind: 'date', pick: 'first' },
  { pointer: '/to', captions: [/flight dates/], kind: 'date', pick: 'last' },
  { pointer: '/iban', captions: [/iban/], kind: 'code' },
]

test('reads what stands right of a caption or below it', () => {
  const found = readByCaptions(slip, fields, false)
  expect(Object.fromEntries([...found].map(([field, { value }]) => [field, value]))).toEqual({
    '/number': '4711-2',
    '/advertiser': 'Halden & Moor Ltd',
    '/gross': 1406.25,
    '/from': '2020-06-30',
    '/to': '2020-07-06',
  })
})

test('days and amounts are read as printed in either manner', () => {
  expect(['1.234,50', "1'234.50", '12.00'].map(amountOf)).toEqual([1234.5, 1234.5, 12])
  expect([dayOf('06/30/20', false), dayOf('30.06.2020', true), dayOf('2020-06-30', true)]).toEqual(
    Array(3).fill('2020-06-30'),
  )
  expect([dayOf('June 30, 2020', false), dayOf('30 June 2020', true)]).toEqual(Array(2).fill('2020-06-30'))
  expect(dayOf('06/30/20', true)).toBeNull()
})
