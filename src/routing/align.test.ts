import { expect, test } from 'vitest'
import type { Fields, Scalar } from '../core/extraction.ts'
import { fieldSpec } from '../core/field-spec.ts'
import { alignment } from './align.ts'

const specs = new Map([
  ['/items/*/name', fieldSpec({ comparator: 'text' })],
  ['/items/*/amount', fieldSpec({ comparator: 'amount' })],
])

function fieldsOf(items: readonly (readonly [string | null, number | null])[], total = 9): Fields {
  const values: [string, Scalar][] = items.flatMap(([name, amount], i) => [
    [`/items/${i}/name`, name],
    [`/items/${i}/amount`, amount],
  ])
  return Object.fromEntries(
    [...values, ['/total', total] as const].map(([p, value]) => [
      p,
      { value, text: null, confidence: 1, source: null },
    ]),
  )
}

const places = (own: Fields, base: Fields): Record<string, string> =>
  Object.fromEntries([...alignment(own, base, specs)].filter(([p]) => p.endsWith('name') || p === '/total'))

test('records stand where the other reading has the same ones', () => {
  const base = fieldsOf([['Tea', 2], ['Bun', 1], ['Egg', 3]]) // prettier-ignore
  const own = fieldsOf([['BUN', 1], ['EGG', 3.5]]) // prettier-ignore
  expect(places(own, base)).toEqual({
    '/items/0/name': '/items/1/name',
    '/items/1/name': '/items/2/name',
    '/total': '/total',
  })
})

test('a record that the other reading does not have is left out', () => {
  const base = fieldsOf([['Tea', 2]])
  const own = fieldsOf([['Address', null], ['Tea', 2]]) // prettier-ignore
  expect(places(own, base)).toEqual({ '/items/1/name': '/items/0/name', '/total': '/total' })
})

test('of equal records those in the same place are paired', () => {
  const same = fieldsOf([['Tea', 2], ['Tea', 2], ['Tea', 2]]) // prettier-ignore
  const places = alignment(same, same, specs)
  expect([...places].every(([own, shared]) => own === shared)).toBe(true)
})

test('nothing is the same as nothing', () => {
  const empty = fieldsOf([[null, null]])
  expect(places(empty, empty)).toEqual({ '/total': '/total' })
})

test.each([
  [1000, 0],
  [1000, 3],
  [2500, 120],
  [400, 390],
])('of %d records all are found by a reading that lost the first %d', (count, lost) => {
  const all = Array.from({ length: count }, (_, i) => [`Item ${i % 97}`, i % 89] as const)
  const found = places(fieldsOf(all.slice(lost)), fieldsOf(all))
  expect(Object.keys(found)).toHaveLength(count - lost + 1)
  expect(found['/items/0/name']).toBe(`/items/${lost}/name`)
  expect(found[`/items/${count - lost - 1}/name`]).toBe(`/items/${count - 1}/name`)
})
