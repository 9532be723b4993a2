import { expect, test } from 'vitest'
import { pageOf } from '../../core/page.case.ts'
import { contextOf } from '../rules.case.ts'
import { headedTable } from './headed-table.ts'
import type { HeadedColumns } from './heading.ts'
import { parserOf, type Kind } from './kinds.ts'
import { spell } from './spelling.ts'

const column = (kind: Kind, ...headings: readonly string[]) => ({
  wordings: headings.map((one) => ({
    spelled: spell(one),
    strength: 1,
    isShared: false,
    isSpan: false,
    isStandIn: false,
  })),
  kind,
  parse: parserOf[kind],
})
const columns: HeadedColumns = {
  what: column('text', 'Description'),
  count: column('integer', 'Qty'),
  amount: column('amount', 'Amount'),
}
const read = (asked: HeadedColumns, ...pages: readonly string[]) =>
  headedTable(asked, [spell('Clerk')])
    .find(contextOf(pages.map((text, i) => pageOf(text, { page: i + 1 }))))
    .map((record) => Object.values(record).map(([first]) => first?.value ?? null))

test.each<[string, string, unknown]>([
  ['rows below their headings', `
Description          Qty     Amount
Tea                    2       3.00
Mug, blue              1       9.00
Total                         12.00`, [['Tea', 2, 3], ['Mug, blue', 1, 9]]],
  ['a text that wraps', `
Description          Qty     Amount
Tea from the hills     2       3.00
of Darjeeling
Mug                    1       9.00`, [['Tea from the hills of Darjeeling', 2, 3], ['Mug', 1, 9]]],
  ['columns that nobody asks for keep their words', `
Pos   Description          Unit    Qty     Amount
1     Tea                  bag       2       3.00
2     Mug                  piece     1       9.00`, [['Tea', 2, 3], ['Mug', 1, 9]]],
  ['headings in another order', `
Amount     Qty     Description
  3.00       2     Tea
  9.00       1     Mug`, [['Tea', 2, 3], ['Mug', 1, 9]]],
  ['empty cells', `
Description          Qty     Amount
Tea                            3.00
Mug                    1       9.00`, [['Tea', null, 3], ['Mug', 1, 9]]],
  ['long texts that reach under the next heading', `
Description          Qty     Amount
Calibration certificate  1    65.00
Gauge 0-10 bar           3   145.50`, [['Calibration certificate', 1, 65], ['Gauge 0-10 bar', 3, 145.5]]],
])('reads %s', (_, page, rows) => expect(read(columns, page)).toEqual(rows)) // prettier-ignore

test.each([
  ['a sum', 'Subtotal              12.00'],
  ['a sum in another language', 'Zwischensumme         12,00'],
  ['how to pay', 'IBAN   DE89 3704 0044 0532 0130 00'],
  ['another value that is asked for', 'Clerk:    17     9.00'],
])('ends at %s', (_, last) => {
  const page = `Description   Qty   Amount\nTea             2     3.00\n${last}\nOld tea         2     1.00`
  expect(read(columns, page)).toEqual([['Tea', 2, 3]])
})

test('what is carried forward before the first record closes no table', () => {
  const page =
    'Description   Qty   Amount\nNet                    7.00\nTea             2     3.00\nNet                   10.00'
  expect(read(columns, page)).toEqual([['Tea', 2, 3]])
})

test('goes on on the next page, with its headings again or without', () => {
  const head = 'Description   Qty   Amount\n'
  const [first, second] = ['Tea             2     3.00', 'Mug             1     9.00']
  const rows = [['Tea', 2, 3], ['Mug', 1, 9]] // prettier-ignore
  expect(read(columns, head + first, head + second)).toEqual(rows)
  expect(read(columns, head + first, second)).toEqual(rows)
  expect(read(columns, `${head}${first}\nTotal 3.00`, second)).toEqual([['Tea', 2, 3]])
})

test('without headings there is no table, and one of several columns is none', () => {
  expect(read(columns, 'Tea   2   3.00\nMug   1   9.00')).toEqual([])
  expect(read(columns, 'Amount\n  3.00\n  9.00')).toEqual([])
  expect(read({ amount: columns['amount']! }, 'Amount\n  3.00\n  9.00')).toEqual([[3], [9]])
})

test('says where a cell stands and is less sure than the engine', () => {
  const page = pageOf('Description   Amount\nTea             3.00', { confidence: 0.5 })
  const [record] = headedTable(columns).find(contextOf([page]))
  expect(record!['amount']).toEqual([
    { value: 3, text: '3.00', page: 1, words: [page.lines[1]!.words[1]], confidence: expect.closeTo(0.4, 9) },
  ])
})

test('a key that no object may have is refused', () => {
  expect(() => headedTable(Object.fromEntries([['__proto__', columns['amount']!]]))).toThrow(/not allowed/)
})
