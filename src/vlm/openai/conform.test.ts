import { expect, test } from 'vitest'
import { conform, leavesOf } from './conform.ts'
import type { SchemaNode } from '../../core/schema-node.ts'

const schema: SchemaNode = {
  type: 'object',
  properties: {
    shop: { type: 'object', properties: { name: { type: ['string', 'null'] } }, required: ['name'] },
    total: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    id: { type: 'string' },
    note: { type: 'string' },
    items: { type: 'array', items: { $ref: '#/$defs/item' } },
    more: { type: 'object', additionalProperties: { type: 'string' } },
  },
  required: ['shop', 'total', 'id', 'items'],
  $defs: {
    item: { type: 'object', properties: { amount: { type: ['number', 'null'] } }, required: ['amount'] },
  },
} as SchemaNode

const shaped = (value: unknown) => conform(value, schema, schema)
const leaves = (value: unknown) =>
  Object.fromEntries(leavesOf(value, schema, schema).map((leaf) => [leaf.path.join('/'), leaf.value]))

test('leaves out what the schema does not have, and null where nothing was optional', () => {
  const answer = {
    total: 1,
    id: 'x',
    note: null,
    extra: 1,
    items: [{ amount: 2, extra: 3 }],
    more: { a: 'b' },
  }
  expect(shaped(answer)).toEqual({
    shop: { name: null },
    total: 1,
    id: 'x',
    items: [{ amount: 2 }],
    more: { a: 'b' },
  })
})

test('what is nullable and left out is null; what must not be null stays absent', () => {
  expect(shaped({ items: [{}] })).toEqual({ shop: { name: null }, total: null, items: [{ amount: null }] })
})

test('values stay as they are', () => {
  const answer = { shop: 'KEDAI', total: 'RM 9', id: 7, items: { amount: 1 } }
  expect(shaped(answer)).toEqual(answer)
})

test('a schema that demands itself without end is left at some depth', () => {
  const endless = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] }
  expect(JSON.stringify(conform({}, endless, endless)).length).toBeLessThan(1000)
  const circle = { anyOf: [{ $ref: '#' }, { $ref: '#' }] }
  expect(conform({ a: 1 }, circle, circle)).toEqual({ a: 1 })
})

test('the leaves are the single values, and parts where the schema has none', () => {
  expect(
    leaves({ shop: { name: null }, total: { due: 9 }, items: [{ amount: 1 }, { amount: [2] }] }),
  ).toEqual({
    'shop/name': null,
    total: { due: 9 },
    'items/0/amount': 1,
    'items/1/amount': [2],
  })
})
