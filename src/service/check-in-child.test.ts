import { expect, test } from 'vitest'
import { loadType } from '../document-types/load.ts'
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
  tax: null,
  tip: null,
  total: 3,
}

test.each([
  ['a value that fits', { ...data, total: 4 }, '/total', null],
  ['a value taken away', { ...data, total: null }, '/total', null],
  ['a whole new item', { ...data, items: [item, item] }, '/items/1/amount', null],
  ['a value of another kind', { ...data, total: 'abc' }, '/total', /does not fit/],
  ['a field that the type does not have', { ...data, rate: 1 }, '/rate', /no field \/rate/],
  [
    'half an item',
    { ...data, items: [item, { amount: 3 }] },
    '/items/1/amount',
    /\/items\/1\/\w+ is needed as well/,
  ],
] as const)('%s', async (_, corrected, field, complaint) => {
  const answer = await checkInChild({ type, data: corrected, fields: [field], missing: [] })
  if (complaint === null) expect(answer).toBeNull()
  else expect(answer).toMatch(complaint)
})
