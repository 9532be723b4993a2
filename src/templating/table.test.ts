import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { money, number } from './parsers.ts'
import { contextOf } from './rules.case.ts'
import { table } from './table.ts'

const rule = table({
  description: { headings: ['Description', 'Item'] },
  quantity: { headings: ['Qty'], as: number },
  amount: { headings: ['Amount'], as: money },
})

const valuesOf = (...pages: string[]) =>
  rule
    .find(contextOf(pages.map((text, i) => pageOf(text, { page: i + 1 }))))
    .map((record) => Object.values(record).map((findings) => findings[0]?.value ?? null))

test('reads the rows below the headings until the sums', () => {
  const page = `
    Kedai Kopi
    Description              Qty          Amount
    Nasi lemak                 2           11.00
    Teh tarik                  1            3. 50
    Total                                  14.50`
  expect(valuesOf(page)).toEqual([
    ['Nasi lemak', 2, 11],
    ['Teh tarik', 1, 3.5],
  ])
})

test('goes on on the next page, unless it had ended', () => {
  const first = 'Item      Qty   Amount\nTea         1     3.00'
  expect(valuesOf(first, 'Mug         2     9.00\nTotal             12.00')).toEqual([
    ['Tea', 1, 3],
    ['Mug', 2, 9],
  ])
  expect(valuesOf(`${first}\nThank you`, 'Mug         2     9.00')).toEqual([['Tea', 1, 3]])
})

test.each([
  ['ends at a line of one column', 'Item      Qty   Amount\nTea         1     3.00\nThank you\nMug  1  9.00', [['Tea', 1, 3]]],
  ['takes columns in the order of the page', 'Qty   Item          Amount\n2     Tea             6.00', [['Tea', 2, 6]]],
  ['leaves out a column that is not there', 'Item          Amount\nTea             3.00', [['Tea', 3]]],
  ['needs two headings', 'Amount\n  3.00', []],
  ['finds nothing without headings', 'Tea 3.00', []],
])('%s', (_, page, values) => {
  const sorted = (rows: unknown[][]) => rows.map((r) => new Set(r))
  expect(sorted(valuesOf(page))).toEqual(sorted(values))
}) // prettier-ignore

test('reads the table of every page', () => {
  const page = 'Item      Qty   Amount\nTea         1     3.00'
  expect(valuesOf(page, 'no table', page)).toHaveLength(2)
})

test('ends at a row that lacks what every record needs', () => {
  const needy = table({
    item: { headings: ['Item'] },
    place: { headings: ['Place'] },
    count: { headings: ['Qty'], as: number, needed: true },
  })
  const page = 'Item        Place       Qty\nTea         Shelf         2\nWe thank    you'
  expect(needy.find(contextOf([pageOf(page)]))).toHaveLength(1)
})

test('refuses a column that no object may have', () => {
  const columns = { constructor: { headings: ['x'] } }
  expect(() => table(columns)).toThrow(expect.objectContaining({ code: 'E_UNSAFE_KEY' }))
})
