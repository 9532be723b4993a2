import { expect, test } from 'vitest'
import type { Entity } from '../../../src/core/engines.ts'
import { pageOf } from '../../../src/core/page.case.ts'
import { testEntityTagger } from '../../../src/ner/contract.case.ts'
import { ruleTagger } from '../../../src/ner/rule-tagger.ts'
import { receiptLabeller } from './labeller.ts'

testEntityTagger('rules', () => ruleTagger([receiptLabeller]))

const words = (entity: Entity | undefined): string | null =>
  entity?.words.map((w) => w.text).join(' ') ?? null

/** The likeliest text of each label that stands outside item lines. */
async function read(page: string): Promise<Record<string, string | null>> {
  const entities = await ruleTagger([receiptLabeller]).tag([pageOf(page)])
  const labels = ['MERCHANT_NAME', 'ADDRESS', 'PHONE', 'DATE', 'TIME', 'SUBTOTAL', 'TAX', 'TIP', 'TOTAL']
  const best = labels.map((label) => [label, words(entities.find((e) => e.label === label))] as const)
  return Object.fromEntries(best.filter(([, text]) => text !== null))
}

/** Each item line as description, quantity, unit price, amount. */
async function items(page: string): Promise<readonly (string | null)[][]> {
  const entities = await ruleTagger([receiptLabeller]).tag([pageOf(page)])
  const own = entities.filter((e) => e.label.startsWith('ITEM_'))
  const groups = [...new Set(own.map((e) => e.group))]
  const columns = ['ITEM_DESCRIPTION', 'ITEM_QUANTITY', 'ITEM_UNIT_PRICE', 'ITEM_AMOUNT']
  return groups.map((g) => columns.map((c) => words(entities.find((e) => e.group === g && e.label === c))))
}

const malaysian = `
        KEDAI KOPI MAJU SDN BHD
        (789417-W)
        12, JALAN SETIA 5, TAMAN SETIA
        81100 JOHOR BAHRU, JOHOR
        TEL: 07-355 2616
              TAX INVOICE
   Date: 02/03/2018        20:15:42
   2 x NASI LEMAK     5.50    11.00
   TEH TARIK                   3.50
   SUBTOTAL                   14.50
   GST 6%                      0.87
   TOTAL                      15.37
   CASH                       20.00
   CHANGE                      4.63`

const american = `
              BLUE BOTTLE GRILL
              120 Main Street
              Austin, TX 78701
              (512) 555-0142
   Mar 2, 2018            8:13 PM
   Burger                    $12.00
   Fries                      $4.00
   Subtotal                  $16.00
   Sales Tax                  $1.32
   Tip                        $3.00
   Total Due                 $20.32
   Visa                      $20.32`

test.each([
  [
    'a Malaysian receipt',
    malaysian,
    {
      MERCHANT_NAME: 'KEDAI KOPI MAJU SDN BHD',
      ADDRESS: '12, JALAN SETIA 5, TAMAN SETIA 81100 JOHOR BAHRU, JOHOR',
      PHONE: '07-355 2616',
      DATE: '02/03/2018',
      TIME: '20:15:42',
      SUBTOTAL: '14.50',
      TAX: '0.87',
      TOTAL: '15.37',
    },
  ],
  [
    'an American receipt with a tip',
    american,
    {
      MERCHANT_NAME: 'BLUE BOTTLE GRILL',
      ADDRESS: '120 Main Street Austin, TX 78701',
      PHONE: '(512) 555-0142',
      DATE: 'Mar 2, 2018',
      TIME: '8:13 PM',
      SUBTOTAL: '$16.00',
      TAX: '$1.32',
      TIP: '$3.00',
      TOTAL: '$20.32',
    },
  ],
  [
    'a receipt with misread letters',
    malaysian.replace('TOTAL      ', 'TOTA1      ').replace('15.37', '15.3?').replace('   CASH', '   T0TAL  15.37\n   CASH'),
    { TOTAL: '15.37' },
  ],
])('reads %s', async (_, page, expected) => {
  expect(await read(page)).toMatchObject(expected)
}) // prettier-ignore

test('reads item lines', async () => {
  expect(await items(malaysian)).toEqual([
    ['NASI LEMAK', '2', '5.50', '11.00'],
    ['TEH TARIK', null, null, '3.50'],
  ])
  expect(await items(american)).toEqual([
    ['Burger', null, null, '$12.00'],
    ['Fries', null, null, '$4.00'],
  ])
})

/** The texts of a label that belongs to no record. */
async function texts(page: string, label: string): Promise<readonly (string | null)[]> {
  const entities = await ruleTagger([receiptLabeller]).tag([pageOf(page)])
  return entities.filter((e) => e.label === label && e.group === null).map(words)
}

/** Each tax as label, rate, base, amount. */
async function taxes(page: string): Promise<readonly (string | null)[][]> {
  const entities = await ruleTagger([receiptLabeller]).tag([pageOf(page)])
  const own = entities.filter((e) => e.label.startsWith('TAX_'))
  return [...new Set(own.map((e) => e.group))].map((group) =>
    ['TAX_LABEL', 'TAX_RATE', 'TAX_BASE', 'TAX_AMOUNT'].map((label) =>
      words(own.find((e) => e.group === group && e.label === label)),
    ),
  )
}

test.each([
  ['a line in', 'Mesh chair with\n  lumbar support     189.00\nPens                 6.99\nTotal  195.99', ['Mesh chair with lumbar support', 'Pens']],
  ['an open end', 'Dock 12-in-1,\ndual HDMI           74.50\nPens                 6.99\nTotal  81.49', ['Dock 12-in-1, dual HDMI', 'Pens']],
  ['a word that goes on', 'Tarte au citron\nmeringuée maison     7,50\nCafé                 2,50\nTOTAL  10,00', ['Tarte au citron meringuée maison', 'Café']],
  ['a line in below', 'Bohrmaschine        89,00\n   Schlagwerk, 800 W\nDübel                4,00\nSumme 93,00', ['Bohrmaschine Schlagwerk, 800 W', 'Dübel']],
])('a name goes on over two lines by %s', async (_, page, names) => {
  expect((await items(page)).map(([name]) => name)).toEqual(names)
}) // prettier-ignore

test.each([
  ['a heading', 'VEGETABLES\nCarrots              1.20\nFRUIT\nApples               2.00\nTotal 3.20', ['Carrots', 'Apples']],
  ['who served', 'Served by: Ana\nSoup                 4.20\nTotal                4.20', ['Soup']],
  ['when', '12/03/2024 19:20\n   Rice              5.00\nTotal                5.00', ['Rice']],
  ['the heads of columns', 'Description Qty Price Amount\nRice 2 2.50 5.00\nTotal 5.00', ['Rice']],
])('%s is no part of a name', async (_, page, names) => {
  expect((await items(page)).map(([name]) => name)).toEqual(names)
}) // prettier-ignore

test.each([
  ['below', 'Jasmine Rice        25.80\n   2 x 12.90\nSoy Sauce            7.50\n   3 x 2.50\nTotal 33.30'],
  ['above', '   2 x 12.90\nJasmine Rice        25.80\n   3 x 2.50\nSoy Sauce            7.50\nTotal 33.30'],
  ['with units', 'Jasmine Rice        25.80\n  2 pcs @ 12.90\nSoy Sauce            7.50\n  3 pcs @ 2.50\nTotal 33.30'],
  ['on the line', 'Jasmine Rice 2 x 12.90 25.80\nSoy Sauce 3 x 2.50 7.50\nTotal 33.30'],
])('count and unit price stand %s', async (_, page) => {
  expect(await items(page)).toEqual([
    ['Jasmine Rice', '2', '12.90', '25.80'],
    ['Soy Sauce', '3', '2.50', '7.50'],
  ])
}) // prettier-ignore

test('amounts above their names belong to them', async () => {
  const page =
    'ITEM QTY PRICE AMOUNT\nE8318 1 4.24 4.24\nNAIL PACK\nB17 2 5.00 10.00\nPAINT BRUSH\nTotal 14.24'
  expect((await items(page)).map(([name, , , amount]) => [name, amount])).toEqual([
    ['NAIL PACK', '4.24'],
    ['PAINT BRUSH', '10.00'],
  ])
})

test.each([
  ['Übertrag', 'Griff               30,00\nÜbertrag            30,00\nZylinder            12,00\nSumme               42,00'],
  ['carried forward', 'Handle              30.00\nCarried forward     30.00\nLock                12.00\nTotal               42.00'],
  ['a number of pieces', 'Handle              30.00\nTotal items 1       30.00\nLock                12.00\nTotal               42.00'],
])('%s is no item, and the items go on', async (_, page) => {
  expect((await items(page)).map(([, , , amount]) => amount?.replace(',', '.'))).toEqual(['30.00', '12.00'])
}) // prettier-ignore

test.each([
  ['among items', 'Rice 25.80\nPromo discount -1.50\nSoap 7.50\nSubtotal 31.80\nTotal 31.80', ['25.80', '-1.50', '7.50'], []],
  ['that the subtotal contains', 'Rice 25.80\nSoap 7.50\nPromo discount -1.50\nSubtotal 31.80\nTotal 31.80', ['25.80', '7.50', '-1.50'], []],
  ['behind the subtotal', 'Rice 25.80\nSoap 7.50\nSubtotal 33.30\nDiscount -3.30\nTotal 30.00', ['25.80', '7.50'], ['-3.30']],
  ['behind the items', 'Rice 25.80\nSoap 7.50\nRabatt -3.30\nSumme 30.00', ['25.80', '7.50'], ['-3.30']],
  ['told behind the total', 'Rice 25.80\nTotal 25.80\nYou saved 3.30', ['25.80'], []],
] as const)('a discount %s', async (_, page, amounts, discount) => {
  expect((await items(page)).map(([, , , amount]) => amount)).toEqual(amounts)
  expect(await texts(page, 'DISCOUNT')).toEqual(discount)
}) // prettier-ignore

test.each([
  ['Svc Chg 10% 4.95', ['4.95']],
  ['Service Charge 5.00', ['5.00']],
  ['Service tax 6% 3.30', []],
  ['Bedienung 10% 5,00', ['5,00']],
])('service: %s', async (line, charge) => {
  expect(await texts(`Soup 50.00\nSubtotal 50.00\n${line}\nTotal 55.00`, 'SERVICE_CHARGE')).toEqual(charge)
})

test.each([
  ['Rounding -0.02', ['-0.02']],
  ['Rounding Adj (0.03)', ['(0.03)']],
  ['Round off 0.40', ['0.40']],
  ['Total after rounding 55.00', []],
])('rounding: %s', async (line, rounding) => {
  expect(await texts(`Soup 55.02\nSubtotal 55.02\n${line}\nGrand Total 55.00`, 'ROUNDING')).toEqual(rounding)
})

test.each([
  ['blank', 'Pasta 22.00\nAmount 22.00\nTip ______\nTotal ______', []],
  ['printed', 'Pasta 22.00\nSubtotal 22.00\nTIP $5.00\nTotal 27.00', ['$5.00']],
  ['sold', 'Cotton tips 2.50\nBeef tips 9.00\nTotal 11.50', []],
  ['offered', 'Pasta 20.00\nTotal 20.00\nTip 15% 3.00\nTip 18% 3.60\nTip 20% 4.00', []],
  ['not given: cash and change', 'Pasta 22.00\nTotal 22.00\nCash 30.00\nChange 8.00', []],
  ['written above its caption', 'Pasta 22.00\nAmount 22.00\n    5.00\nTip:\n\n   27.00\nTotal:', ['5.00']],
  ['written below its caption', 'Pasta 22.00\nAmount 22.00\nTip:\n    5.00\n\nTotal:\n   27.00', ['5.00']],
])('a tip that is %s', async (_, page, tip) => expect(await texts(page, 'TIP')).toEqual(tip))

test.each([
  ['above', 'Pasta 22.00\nAmount 22.00\n    5.00\nTip:\n\n   27.00\nTotal:'],
  ['below', 'Pasta 22.00\nAmount 22.00\nTip:\n    5.00\n\nTotal:\n   27.00'],
])('a total that is written %s its caption', async (_, page) => {
  expect((await texts(page, 'TOTAL'))[0]).toBe('27.00')
})

test.each([
  ['two of one rate', 'Sofa 300.00\nSub Total 300.00\nCGST 9% 27.00\nSGST 9% 27.00\nGrand Total 354.00', [['CGST 9%', '9', null, '27.00'], ['SGST 9%', '9', null, '27.00']], []],
  ['two and their sum', 'Tea 100.00\nState tax 4% 4.00\nCity tax 2% 2.00\nTotal tax 6.00\nTotal 106.00', [['State tax 4%', '4', null, '4.00'], ['City tax 2%', '2', null, '2.00']], ['6.00']],
  ['in a table', 'Tee 16,42\nSumme 16,42\nMwSt Netto MwSt Brutto\nA 19,00% 12,00 2,28 14,28\nB 7,00% 2,00 0,14 2,14', [['A 19,00%', '19,00%', '12,00', '2,28'], ['B 7,00%', '7,00%', '2,00', '0,14']], []],
  ['in a table with its sums', 'Tee 16,42\nSumme 16,42\nNetto Steuer Brutto\nA 19% 12,00 2,28 14,28\nB 7% 2,00 0,14 2,14\n= 14,00 2,42 16,42', [['A 19%', '19%', '12,00', '2,28'], ['B 7%', '7%', '2,00', '0,14']], ['2,42']],
  ['in a summary of codes', 'Tea 15.37\nTOTAL 15.37\nGST Summary Amount(RM) Tax(RM)\nSR @6% 14.50 0.87\nZRL @0% 0.00 0.00', [['SR @6%', '@6%', '14.50', '0.87'], ['ZRL @0%', '@0%', '0.00', '0.00']], ['0.87']],
  ['gross first', 'Tee 14,28\nSumme 14,28\nMwSt Brutto Netto Betrag\nA 19% 14,28 12,00 2,28', [['A 19%', '19%', '12,00', '2,28']], ['2,28']],
  ['contained in the prices', 'Rice 31.80\nTOTAL 31.80\nPrice incl. GST 9%: 2.63', [['Price incl. GST 9%:', '9%:', null, '2.63']], ['2.63']],
  ['said twice', 'Rice 31.80\nGST 9% 2.63\nTOTAL 31.80\nGST included 2.63', [['GST 9%', '9%', null, '2.63']], ['2.63']],
  ['none: a total that contains it', 'Rice 31.80\nTotal 31.80\nTotal 6% supplies (inc. GST) 31.80', [], []],
  ['none: a number of a tax office', 'GST Reg 201812345\nRice 31.80\nTotal 31.80', [], []],
] as const)('taxes: %s', async (_, page, expected, whole) => {
  const plain = (cells: readonly (string | null)[]) => cells.map((cell, i) => (i === 1 ? (cell?.replace(/[^\d,.]/g, '') ?? null) : cell)) // prettier-ignore
  expect((await taxes(page)).map(plain)).toEqual(expected.map(plain))
  expect(await texts(page, 'TAX')).toEqual(whole)
}) // prettier-ignore
