import { expect, test } from 'vitest'
import type { JsonPointer } from '../../core/extraction.ts'
import { loadType } from '../../document-types/load.ts'
import { checkInChild } from './check-in-child.ts'

const { ref: type } = await loadType('receipt', '/')
const item = { description: 'Tea', quantity: 1, unitPrice: 3, amount: 3 }
const data = {
  merchant: { name: 'A', address: null, phone: null },
  date: '2018-03-02',
  time: null,
  currency: null,
  items: [item],
  subtotal: null,
  discount: null,
  serviceCharge: null,
  taxes: null,
  tax: null,
  rounding: null,
  tip: null,
  total: 3,
}

const check = (corrected: unknown, ...fields: JsonPointer[]) =>
  checkInChild({ type, data: corrected, fields, missing: [] })

test.each([
  ['a value that fits', { ...data, total: 4 }, '/total', null],
  ['a value taken away', { ...data, total: null }, '/total', null],
  ['a whole new item', { ...data, items: [item, item] }, '/items/1/amount', null],
  ['a list taken away', { ...data, items: null }, '/items', null],
  ['a value of another kind', { ...data, total: 'abc' }, '/total', /does not fit/],
  ['a record taken away whose values may all be missing', { ...data, merchant: null }, '/merchant', null],
  ['a field that the type does not have', { ...data, rate: 1 }, '/rate', /no field \/rate/],
  ['nothing in a field that the type does not have', { ...data, rate: null }, '/rate', /no field \/rate/],
  [
    'a field of items that they do not have',
    { ...data, items: [{ ...item, x: 1 }] },
    '/items/0/x',
    /no field/,
  ],
  ['a value where a list is', { ...data, items: 'none' }, '/items', /does not fit/],
] as const)('%s', async (_, corrected, field, complaint) => {
  const { problem } = await check(corrected, field)
  if (complaint === null) expect(problem).toBeNull()
  else expect(problem).toMatch(complaint)
})

test('what a new item leaves out is null', async () => {
  const half = { ...data, items: [item, { amount: 3 }] }
  expect(await check(half, '/items/1/amount')).toMatchObject({
    problem: null,
    left: ['/items/1/description', '/items/1/quantity', '/items/1/unitPrice'],
  })
  expect(half.items[1]).toEqual({ amount: 3 })
})

test('the rules of the type speak about data that fits', async () => {
  const { problem, flags } = await check({ ...data, total: 5 }, '/total')
  expect(problem).toBeNull()
  expect(flags.map(({ code, field }) => [code, field])).toEqual([['LINES_MISMATCH', '/items']])
})

test('a document that was read before its type changed is held against the type of today', async () => {
  const before = { ...type, hash: 'of another version' }
  const request = { data: { ...data, total: 'abc' }, fields: ['/total' as const], missing: [] }
  expect((await checkInChild({ ...request, type: before })).problem).toMatch(/does not fit/)
})
