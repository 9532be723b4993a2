import { expect, test } from 'vitest'
import { pageOf } from '../../core/page.case.ts'
import { toLines } from './line.ts'

/** The amounts of each line that has any, in units of the currency. */
const amounts = (page: string): readonly (readonly number[])[] =>
  toLines([pageOf(page)])
    .map((line) => line.amounts.map(({ cents }) => cents / 100))
    .filter((found) => found.length > 0)

test.each([
  [
    'rupees without decimals',
    `
   12 MG Road, Pune 411001
   Date: 09/02/2024  Bill 118
   Tel 020 2555 0143
   Thali x2                      ₹360
   Lassi                          ₹90
   Total                         ₹450`,
    [[360], [90], [450]],
  ],
  [
    'the same where the sign was not read',
    `
   12 MG Road, Pune 411001
   Date: 09/02/2024  Bill 118
   Thali x2                       360
   Lassi                           90
   Total                          450
   Cash                           500`,
    [[360], [90], [450], [500]],
  ],
  [
    'prices of one beside counts',
    `
   Dosa              2    180     360
   Tea              12     10     120
   Total                          480`,
    [[180, 360], [10, 120], [480]],
  ],
  [
    'yen',
    `
   2024/06/06  21:08   03-5555-0143
   Room charge                ¥18,400
   Breakfast  x2               ¥3,600
   Laundry                       ¥900
   TOTAL                      ¥22,900`,
    [[18400], [3600], [900], [22900]],
  ],
  [
    'a dash in the place of decimals',
    `
   Mysore Pak  1kg            1,240/-
   Murukku     500g             260/-
   TOTAL                      1,500/-`,
    [[1240], [260], [1500]],
  ],
  [
    'a dash beside decimals',
    `
   Kaffee                        4.50
   Menu                          12.-
   Total CHF                    16.50`,
    [[4.5], [12], [16.5]],
  ],
  [
    'Swedish whole amounts',
    `
   Kaffe                        45:-
   Bulle                        25:-
   Totalt                       70:-`,
    [[45], [25], [70]],
  ],
  [
    'groups parted by spaces',
    `
   Pumpe P200   2 x 1 150,00       2 300,00
   Netto                    12 345 678,90
   Gesamt                       3 038,14`,
    [[1150, 2300], [12345678.9], [3038.14]],
  ],
  [
    'a count far from its price',
    `
   Nudeln       2      150,00     300,00
   Summe                          300,00`,
    [[150, 300], [300]],
  ],
  [
    'credits',
    `
   Returned                  12.50 CR
   Voucher                    (5.00)
   Payment                     7.50-`,
    [[-12.5], [-5], [-7.5]],
  ],
] as const)('finds %s', (_, page, found) => expect(amounts(page)).toEqual(found))

test.each([
  'Thank you\nOpen since 1987\nTel 020 2555 0143\nTable 12',
  'Invoice 118\nPune 411001\nTotal items',
  'Qty 3\nYear 2024\n12/02/2024',
])('finds no amounts on %j', (page) => expect(amounts(page)).toEqual([]))
