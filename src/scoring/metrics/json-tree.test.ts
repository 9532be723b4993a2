import { expect, test } from 'vitest'
import { flatten, nest, prune, scalarsBelow } from './json-tree.ts'

const data = { merchant: { name: 'A', 'a/b~c': 1 }, items: [{ amount: 2 }], tip: null }

test('flattens records to pointers and keeps lists whole', () => {
  expect(flatten(data)).toEqual([
    ['/merchant/name', 'A'],
    ['/merchant/a~1b~0c', 1],
    ['/items', [{ amount: 2 }]],
    ['/tip', null],
  ])
})

test('nests what it flattened', () => {
  expect(nest(Object.fromEntries(flatten(data)))).toEqual(data)
})

test('lists every scalar below a value', () => {
  expect([...scalarsBelow(data)]).toEqual([
    ['/merchant/name', 'A'],
    ['/merchant/a~1b~0c', 1],
    ['/items/0/amount', 2],
    ['/tip', null],
  ])
  expect([...scalarsBelow('x')]).toEqual([['', 'x']])
  expect([...scalarsBelow(undefined)]).toEqual([])
})

test('prunes to the keys of the shape, in records and in lists of records', () => {
  const shape = { merchant: { name: '' }, items: [{ amount: 0 }, { quantity: 0 }], date: '' }
  const full = { merchant: { name: 'A', phone: '1' }, items: [{ amount: 2, description: 'x' }], total: 9 }
  expect(prune(full, shape)).toEqual({
    merchant: { name: 'A' },
    items: [{ amount: 2, quantity: null }],
    date: null,
  })
  expect(prune(full.items, [])).toEqual(full.items)
  expect(prune(undefined, shape)).toBeNull()
})
