import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { columnTable, type ColumnTable } from './column-table.ts'
import { money, number, text } from './parsers.ts'
import { contextOf } from './rules.case.ts'

const cafe = pageOf(`
Server: Tom           03 Jun
Oat Milk                3.80
  2 @ 1.90
Almond Croissant       35.80
with butter
  4 @ 8.95
Espresso                4.90
TOTAL                  44.50
Cash                   50.00`)

const column = { row: 0, wraps: false }
const table: ColumnTable = {
  from: ['Server'],
  to: ['TOTAL'],
  starts: 'amount',
  columns: {
    description: { ...column, x: [0, 0.25], as: text },
    quantity: { ...column, row: 1, x: [0, 0.04], as: number },
    amount: { ...column, x: [0.25, 1], as: money },
  },
}
const read = (changes: Partial<ColumnTable> = {}, page = cafe) =>
  columnTable({ ...table, ...changes })
    .find(contextOf([page]))
    .map((record) => Object.fromEntries(Object.entries(record).map(([key, f]) => [key, f[0]?.value ?? null])))

test('a record starts on each row that shows the starting column, between the texts', () => {
  expect(read()).toEqual([
    { description: 'Oat Milk', quantity: 2, amount: 3.8 },
    { description: 'Almond Croissant', quantity: null, amount: 35.8 },
    { description: 'Espresso', quantity: null, amount: 4.9 },
  ])
})

test('a text that wraps goes on until the next record, in its part of the width', () => {
  const columns = {
    ...table.columns,
    description: { ...column, wraps: true, x: [0, 0.25], as: text },
  } as const
  expect(read({ columns }).map((r) => r['description'])).toEqual([
    'Oat Milk 2 @ 1.90',
    'Almond Croissant with butter 4 @ 8.95',
    'Espresso',
  ])
})

test('values may stand above the row on which a record starts', () => {
  const ticket = pageOf('#1\n2x 1.50\nTea        3.00\nCake       2.00\nTOTAL')
  const columns = {
    ...table.columns,
    quantity: { ...column, row: -1, x: [0, 0.03], as: number },
    amount: { ...column, x: [0.1, 1], as: money },
  } as const
  expect(read({ from: [], columns }, ticket)).toEqual([
    { description: 'Tea 3.00', quantity: 2, amount: 3 },
    { description: 'Cake 2.00', quantity: null, amount: 2 },
  ])
})

test.each([
  ['its head', { from: ['Waiter'] }],
  ['its end', { to: ['Sum'] }],
])('without %s there is no table', (_, changes) => expect(read(changes)).toEqual([]))
