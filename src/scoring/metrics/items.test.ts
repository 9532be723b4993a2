import { expect, test } from 'vitest'
import { tallyRecords } from './items.ts'

const tea = { description: 'Teh Tarik', quantity: 2, amount: 4.2 }
const bun = { description: 'Roti Canai', quantity: 1, amount: 2.1 }

test('order of records does not matter', () => {
  expect(tallyRecords([bun, tea], [tea, bun])).toEqual({ tp: 6, fp: 0, fn: 0 })
})

test('cells agree as values do, pairs are chosen for most agreement', () => {
  const predicted = [
    { description: 'ROTI-CANAI', quantity: null, amount: 2.1 },
    { description: 'Teh', quantity: 2, amount: 4.2 },
    { description: 'CASH', quantity: null, amount: 10 },
  ]
  // Roti 2 of 2; Teh 2 of 3; CASH has 2 cells too many. Of the truth's 6 cells, 4 are found.
  expect(tallyRecords(predicted, [tea, bun])).toEqual({ tp: 4, fp: 3, fn: 2 })
})

test('no list, and lists of scalars', () => {
  expect(tallyRecords([], [tea])).toEqual({ tp: 0, fp: 0, fn: 3 })
  expect(tallyRecords([tea], [])).toEqual({ tp: 0, fp: 3, fn: 0 })
  expect(tallyRecords(['A', 'b'], ['B', 'c', 'a'])).toEqual({ tp: 2, fp: 0, fn: 1 })
})
