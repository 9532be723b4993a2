import { expect, test } from 'vitest'
import type { Word } from '../src/core/document.ts'
import { pageOf } from '../src/core/page.case.ts'
import { ruleTagger } from '../src/ner/rule-tagger.ts'
import receipt, { receiptSchema, type Receipt } from './receipt.ts'

const good: Receipt = {
  merchant: { name: 'KEDAI KOPI MAJU SDN BHD', address: null, phone: null },
  date: '2018-03-02',
  time: '20:15',
  currency: 'MYR',
  items: [
    { description: 'Nasi lemak', quantity: 2, unitPrice: 5.5, amount: 11 },
    { description: 'Teh tarik', quantity: null, unitPrice: null, amount: 3.5 },
  ],
  subtotal: 14.5,
  tax: 0.87,
  tip: null,
  total: 15.37,
}
const nothing: Receipt = { ...good, date: null, items: [], subtotal: null, tax: null, total: null }
const line = (quantity: number | null, unitPrice: number | null, amount: number | null) => ({
  description: 'Tea',
  quantity,
  unitPrice,
  amount,
})
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
const violations = (data: Receipt) =>
  receipt.rules.flatMap((rule) => rule(data)).map((v) => [v.code, v.field])

test.each<[string, Partial<Receipt>]>([
  ['that adds up', {}],
  ['that shows nothing', nothing],
  ['without item lines', { items: null }],
  ['of tomorrow, east of here', { date: tomorrow }],
  ['whose prices contain the tax', { subtotal: 15.37 }],
  ['that the till rounded', { total: 15.35 }],
  ['with a tip', { tip: 2, total: 17.37 }],
  ['with lines that contain the tax', { items: [line(1, 15.37, 15.37)] }],
  ['with a weighed line', { items: [line(1.255, 11.55, 14.5)] }],
])('nothing is wrong with a receipt %s', (_, changes) => {
  const data = { ...good, ...changes }
  expect(receiptSchema.parse(data)).toEqual(data)
  expect(violations(data)).toEqual([])
})

test.each<[Partial<Receipt>, [string, string][]]>([
  [{ date: '1994-12-31' }, [['DATE_IMPLAUSIBLE', '/date']]],
  [{ date: '2999-01-01' }, [['DATE_IMPLAUSIBLE', '/date']]],
  [{ total: 16.37 }, [['TOTAL_MISMATCH', '/total']]],
  [{ items: [line(null, null, 9)] }, [['LINES_MISMATCH', '/items']]],
  [{ items: [line(2, 5.5, 11), line(3, 1, 3.5)] }, [['LINE_MISMATCH', '/items/1/amount']]],
  [{ ...nothing, total: 0 }, [['TOTAL_NOT_POSITIVE', '/total']]],
  [{ ...nothing, total: -9 }, [['TOTAL_NOT_POSITIVE', '/total']]],
])('%j is flagged', (changes, expected) => expect(violations({ ...good, ...changes })).toEqual(expected))

test('reads a page from its words to its data', async () => {
  const page = pageOf(`
        KEDAI KOPI MAJU SDN BHD
        12, JALAN SETIA 5, TAMAN SETIA
        81100 JOHOR BAHRU, JOHOR
        TEL: 07-355 2616
   Date: 02/03/2018        20:15:42
   2 x NASI LEMAK     5.50    11.00
   TEH TARIK                   3.50
   SUBTOTAL                   14.50
   GST 6%                      0.87
   TOTAL RM                   15.37`)
  const entities = await ruleTagger().tag([page])
  const { data, fields, violations } = receipt.template.fill({ pages: [page], entities })
  expect(data).toEqual({
    ...good,
    merchant: {
      name: 'KEDAI KOPI MAJU SDN BHD',
      address: '12, JALAN SETIA 5, TAMAN SETIA 81100 JOHOR BAHRU, JOHOR',
      phone: '07-355 2616',
    },
    time: '20:15:42',
    items: [
      { description: 'NASI LEMAK', quantity: 2, unitPrice: 5.5, amount: 11 },
      { description: 'TEH TARIK', quantity: null, unitPrice: null, amount: 3.5 },
    ],
  })
  expect(violations).toEqual([])
  expect(fields['/total']).toMatchObject({ value: 15.37, source: { page: 1, text: 'RM 15.37' } })
})

test('cash and change beside the total change nothing', async () => {
  const page = pageOf(`
   TEH TARIK                   8.10
   KOPI                        6.00
   TOTAL                      14.10
   CASH                       20.00
   CHANGE                      5.90`)
  const entities = await ruleTagger().tag([page])
  const { data, violations } = receipt.template.fill({ pages: [page], entities })
  expect(data).toMatchObject({ items: [{ amount: 8.1 }, { amount: 6 }], total: 14.1 })
  expect(violations).toEqual([])
})

test('a misread line is mended by its product', () => {
  const page = pageOf('2 x NASI LEMAK 5.50 17.00\nTOTAL 11.00')
  const [[count, , , , price, amount], [, total]] = page.rows.map((row) => row.words) as [Word[], Word[]]
  const entity = (label: string, word: Word | undefined, group: number | null) => ({ label, page: 1, confidence: 0.9, words: [word!], group }) // prettier-ignore
  const entities = [
    entity('ITEM_QUANTITY', count, 0),
    entity('ITEM_UNIT_PRICE', price, 0),
    entity('ITEM_AMOUNT', amount, 0),
    entity('TOTAL', total, null),
  ]
  const { data, fields, violations } = receipt.template.fill({ pages: [page], entities })
  expect(data).toMatchObject({ items: [{ quantity: 2, unitPrice: 5.5, amount: 11 }], total: 11 })
  expect(fields['/items/0/amount']).toMatchObject({ text: '11.00', source: { text: '17.00', page: 1 } })
  expect(violations).toMatchObject([{ code: 'AMOUNT_REPAIRED', field: '/items/0/amount' }])
})
