import { expect, test } from 'vitest'
import type { Entity } from '../core/engines.ts'
import { pageOf } from '../core/page.case.ts'
import { testEntityTagger } from './contract.case.ts'
import { ruleTagger } from './rule-tagger.ts'

testEntityTagger('rules', ruleTagger)

const words = (entity: Entity | undefined): string | null =>
  entity?.words.map((w) => w.text).join(' ') ?? null

/** The likeliest text of each label that stands outside item lines. */
async function read(page: string): Promise<Record<string, string | null>> {
  const entities = await ruleTagger().tag([pageOf(page)])
  const labels = ['MERCHANT_NAME', 'ADDRESS', 'PHONE', 'DATE', 'TIME', 'SUBTOTAL', 'TAX', 'TIP', 'TOTAL']
  const best = labels.map((label) => [label, words(entities.find((e) => e.label === label))] as const)
  return Object.fromEntries(best.filter(([, text]) => text !== null))
}

/** Each item line as description, quantity, unit price, amount. */
async function items(page: string): Promise<readonly (string | null)[][]> {
  const entities = await ruleTagger().tag([pageOf(page)])
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
