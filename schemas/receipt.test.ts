import { expect, test } from 'vitest'
import type { Word } from '../src/core/document.ts'
import { pageOf } from '../src/core/page.case.ts'
import { ruleTagger } from '../src/ner/rule-tagger.ts'
import { openModel } from '../src/onnx/model-folder.ts'
import { receiptLabels } from './receipt/labels.ts'
import { receiptLabeller } from './receipt/labelling/labeller.ts'
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
  discount: null,
  serviceCharge: null,
  taxes: [{ label: 'GST 6%', rate: 6, base: null, amount: 0.87 }],
  tax: 0.87,
  rounding: null,
  tip: null,
  total: 15.37,
}
const nothing: Receipt = {
  ...good,
  date: null,
  items: [],
  subtotal: null,
  taxes: null,
  tax: null,
  total: null,
}
const line = (quantity: number | null, unitPrice: number | null, amount: number | null) => ({
  description: 'Tea',
  quantity,
  unitPrice,
  amount,
})
const tax = (label: string, rate: number | null, base: number | null, amount: number | null) => ({
  label,
  rate,
  base,
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
  ['of a restaurant that charges service', { serviceCharge: 1.45, taxes: null, tax: 0.96, total: 16.91 }],
  ['with a discount off the whole', { discount: 1.5, taxes: null, tax: 0.78, total: 13.78 }],
  ['whose subtotal is after the discount', { discount: 1.5, items: [line(1, 16, 16)] }],
  ['that is rounded to whole units', { rounding: -0.37, total: 15 }],
  ['with two taxes', { taxes: [tax('CGST 3%', 3, 14.5, 0.43), tax('SGST 3%', 3, null, 0.44)] }],
  [
    'of prices with tax and everything else',
    {
      subtotal: 50,
      items: [line(1, 50, 50)],
      discount: 5,
      serviceCharge: 4.5,
      tax: 4.46,
      taxes: [tax('A', 9, 49.5, 4.46)],
      rounding: 0.04,
      tip: 2,
      total: 56,
    },
  ],
  ['with a zero-rated tax', { taxes: [tax('A', 0, 9, 0), tax('B', 15.8, 5.5, 0.87)] }],
  [
    'for a refund of lines',
    {
      items: [line(null, null, -11), line(null, null, -3.5)],
      subtotal: null,
      taxes: null,
      tax: null,
      total: -14.5,
    },
  ],
  [
    'for a refund with its tax',
    { items: [], subtotal: -14.5, taxes: [tax('GST', 6, -14.5, -0.87)], tax: -0.87, total: -15.37 },
  ],
  [
    'for a refund less a discount',
    { items: [line(null, null, -20)], subtotal: -20, discount: 2, taxes: null, tax: null, total: -18 },
  ],
  [
    'for an exchange that gives money back',
    {
      items: [line(null, null, -20), line(null, null, 5)],
      subtotal: null,
      taxes: null,
      tax: null,
      total: -15,
    },
  ],
  ['paid by a voucher', { discount: 14.5, taxes: null, tax: null, total: 0 }],
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
  [{ discount: 1.5, total: 16.37 }, [['TOTAL_MISMATCH', '/total']]],
  [{ serviceCharge: 1.45, total: 18 }, [['TOTAL_MISMATCH', '/total']]],
  [{ rounding: -0.37, total: 13.7 }, [['TOTAL_MISMATCH', '/total']]],
  [{ taxes: [tax('CGST', null, null, 0.43), tax('SGST', null, null, 0.34)] }, [['TAXES_MISMATCH', '/tax']]],
  [{ taxes: [tax('GST 6%', 6, 12.5, 0.87)] }, [['TAX_MISMATCH', '/taxes/0/amount']]],
  [
    { items: [line(null, null, 14.5)], subtotal: null, taxes: null, tax: null, total: -14.5 },
    [
      ['LINES_MISMATCH', '/items'],
      ['TOTAL_NOT_POSITIVE', '/total'],
    ],
  ],
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
  const entities = await ruleTagger([receiptLabeller]).tag([page])
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
    taxes: [{ label: 'GST 6%', rate: 6, base: null, amount: 0.87 }],
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
  const entities = await ruleTagger([receiptLabeller]).tag([page])
  const { data, violations } = receipt.template.fill({ pages: [page], entities })
  expect(data).toMatchObject({ items: [{ amount: 8.1 }, { amount: 6 }], total: 14.1 })
  expect(violations).toEqual([])
})

test('a misread line is mended by its product', () => {
  const page = pageOf('2 x NASI LEMAK 5.50 17.00\nTOTAL 11.00')
  const [[count, , , , price, amount], [, total]] = page.lines.map(({ words }) => words) as [Word[], Word[]]
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

test.each([
  [
    `
   LAKSA                      14.00
   SATAY SET                  36.00
   Subtotal                   50.00
   Disc 10% member            -5.00
   Svc Chg 10%                 4.50
   GST 9%                      4.46
   Rounding                   -0.01
   Grand Total               $53.95`,
    { subtotal: 50, discount: 5, serviceCharge: 4.5, tax: 4.46, rounding: -0.01, tip: null, total: 53.95 },
    [{ label: 'GST 9%', rate: 9, base: null, amount: 4.46 }],
  ],
  [
    `
   PANEER TIKKA              300.00
   Sub Total                 300.00
   CGST 2.5%                   7.50
   SGST 2.5%                   7.50
   Round Off                   0.00
   Grand Total               315.00`,
    { subtotal: 300, discount: null, tax: 15, rounding: 0, total: 315 },
    [
      { label: 'CGST 2.5%', rate: 2.5, base: null, amount: 7.5 },
      { label: 'SGST 2.5%', rate: 2.5, base: null, amount: 7.5 },
    ],
  ],
  [
    `
   Kaffee                      14,28 A
   Brot                         2,14 B
   Summe                       16,42
   MwSt        Netto    MwSt   Brutto
   A 19,00%    12,00    2,28    14,28
   B  7,00%     2,00    0,14     2,14`,
    { discount: null, serviceCharge: null, tax: 2.42, total: 16.42 },
    [
      { label: 'A 19,00%', rate: 19, base: 12, amount: 2.28 },
      { label: 'B 7,00%', rate: 7, base: 2, amount: 0.14 },
    ],
  ],
])('reads the parts of a total %#', async (text, parts, taxes) => {
  const page = pageOf(text)
  const entities = await ruleTagger([receiptLabeller]).tag([page])
  const { data } = receipt.template.fill({ pages: [page], entities })
  expect(data).toMatchObject({ ...parts, taxes })
  expect(violations({ ...good, ...(data as Receipt) })).toEqual([])
})

test('a tax of which only the parts are printed stands where they stand', async () => {
  const page = pageOf('TEA 9.00\nSubtotal 9.00\nCGST 5% 0.45\nSGST 5% 0.45\nTotal 9.90')
  const entities = await ruleTagger([receiptLabeller]).tag([page])
  const { fields } = receipt.template.fill({ pages: [page], entities })
  expect(fields['/tax']).toMatchObject({
    value: 0.9,
    text: '0.45 + 0.45',
    source: { text: '0.45 0.45', page: 1 },
  })
})

test('the labels that the tagger was trained for are those of the file that both read', async () => {
  const { manifest } = await openModel('receipt-tagger/1')
  expect(manifest).toMatchObject({
    labels: { values: receiptLabels.tagged, keys: receiptLabels.announced.map((name) => `${name}_KEY`) },
  })
})
