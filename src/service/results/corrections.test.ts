import { expect, test } from 'vitest'
import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import type { Correction } from '../../core/jobs.ts'
import type { ResultField } from '../../core/extraction-result.ts'
import { corrected, emptyRecords, placesAfter, valueAfter, withChanges, type Change } from './corrections.ts'

const field = (value: Scalar): ResultField => ({
  value,
  text: String(value),
  confidence: 0.7,
  source: null,
  certified: true,
  path: 'direct',
  grounded: true,
  alternatives: [],
})
const items = ['a', 'b', 'c', 'd'].map((name) => ({ name }))
const row = {
  data: { total: 9, items },
  fields: {
    '/total': field(9),
    ...Object.fromEntries(items.map(({ name }, i) => [`/items/${i}/name`, field(name)])),
  },
  flags: [
    { code: 'A', field: null, message: '' },
    { code: 'B', field: '/items', message: '' },
    { code: 'C', field: '/items/1/name', message: '' },
    { code: 'D', field: '/items/3', message: '' },
  ] as { code: string; field: JsonPointer | null; message: string }[],
}

const set = (at: JsonPointer, value: Scalar): Change => ({ field: at, value })
const correction = (at: string, to: JsonPointer, after: Scalar, by = 'ann'): Correction => ({
  jobId: 'j',
  field: to,
  before: null,
  after,
  by,
  at,
})
const namesIn = (data: unknown) => (data as typeof row.data).items.map(({ name }) => name)

test('records are taken away last, numbered as they were before', () => {
  const changed = withChanges(row, [
    set('/items/1', null),
    set('/items/2/name', 'C'),
    set('/items/4/name', 'e'),
    set('/items/0', null),
  ])
  expect(namesIn(changed.data)).toEqual(['C', 'd', 'e'])
  expect(Object.keys(changed.fields)).toEqual(['/total', '/items/0/name', '/items/1/name', '/items/2/name'])
  expect(changed.fields['/items/0/name']).toMatchObject({ value: 'C', confidence: 1, certified: false })
  expect(changed.fields['/items/1/name']).toMatchObject({ value: 'd', confidence: 0.7 })
  expect(changed.flags.map(({ code, field: at }) => [code, at])).toEqual([
    ['A', null],
    ['B', '/items'],
    ['D', '/items/1'],
  ])
  expect(namesIn(row.data)).toEqual(['a', 'b', 'c', 'd'])
})

test('inner records are taken away before outer ones', () => {
  const nested = { data: { a: [{ b: [1, 2] }, { b: [3, 4] }] }, fields: {}, flags: [] }
  expect(withChanges(nested, [set('/a/0', null), set('/a/1/b/0', null)]).data).toEqual({ a: [{ b: [4] }] })
})

test('a whole list can be taken away, and its fields with it', () => {
  const { data, fields } = withChanges(row, [set('/items', null)])
  expect(data).toEqual({ total: 9, items: null })
  expect(Object.keys(fields)).toEqual(['/total', '/items'])
})

test.each([
  ['a record that is not there', '/items/4', null, 'E_BAD_REQUEST'],
  ['a record of what is no list', '/total/0', null, 'E_BAD_REQUEST'],
  ['a value behind the end', '/items/6/name', 'x', 'E_BAD_REQUEST'],
  ['a name in a list', '/items/first/name', 'x', 'E_BAD_REQUEST'],
  ['a prototype', '/__proto__/total', 'x', 'E_UNSAFE_KEY'],
  ['a record of a prototype', '/constructor/prototype/0', null, 'E_UNSAFE_KEY'],
] as const)('refuses %s', (_, at, value, code) => {
  expect(() => withChanges(row, [set('/total', 1), set(at, value)])).toThrow(
    expect.objectContaining({ code }),
  )
})

test('every round of corrections is numbered as the one before left the row', () => {
  const made = [
    correction('2024-01-01T00:00:00.000Z', '/items/0', null),
    correction('2024-01-01T00:00:00.000Z', '/items/1/name', 'B'),
    correction('2024-01-01T00:00:00.001Z', '/items/0', null),
    correction('2024-01-01T00:00:00.002Z', '/items/2/name', 'e'),
  ]
  expect(namesIn(corrected(row, made).data)).toEqual(['c', 'd', 'e'])
  expect(valueAfter('/items/0/name', 'a', made)).toBeUndefined()
  expect(valueAfter('/items/1/name', 'b', made)).toBeUndefined()
  expect(valueAfter('/items/2/name', 'c', made)).toBe('c')
  expect(valueAfter('/items/1/name', 'b', made.slice(0, 2))).toBe('B')
  expect(valueAfter('/total', 9, made)).toBe(9)
})

test('a row stays readable where two people took the same record away', () => {
  const made = [
    correction('2024-01-01T00:00:00.000Z', '/items/3', null, 'ann'),
    correction('2024-01-01T00:00:00.000Z', '/items/3', null, 'bob'),
    correction('2024-01-01T00:00:00.000Z', '/total', 8, 'bob'),
    correction('2024-01-01T00:00:00.000Z', '/items/5/name', 'x', 'bob'),
  ]
  expect(corrected(row, made).data).toEqual({ total: 8, items: items.slice(0, 3) })
})

test('what was changed is found again where it stands afterwards', () => {
  expect(placesAfter([set('/items/0', null), set('/items/2/name', 'x'), set('/total', null)])).toEqual([
    '/items/1/name',
    '/total',
  ])
})

test('records are put in another order with all that is said of them', () => {
  const changes = [set('/items/4/name', 'e'), set('/items/1', null), set('/items/-', '4 3 0 2')]
  const changed = withChanges(row, changes)
  expect(namesIn(changed.data)).toEqual(['e', 'd', 'a', 'c'])
  expect(changed.fields['/items/1/name']?.value).toBe('d')
  expect(changed.flags.map(({ field }) => field)).toEqual([null, '/items', '/items/1'])
  expect(placesAfter(changes)).toEqual(['/items/0/name'])
  const made = changes.map(({ field, value }) => correction('1', field, value))
  expect(corrected(row, made).data).toEqual(changed.data)
  expect(valueAfter('/items/3/name', 'd', [...made, correction('2', '/items/1/name', 'D')])).toBe('D')
})

test.each(['0 1 2', '0 1 2 2', '0 1 2 4', 'x', '3 2 1 0 -1'])('"%s" is no order of four records', (order) => {
  expect(() => withChanges(row, [set('/items/-', order)])).toThrow('names every record that stays')
  expect(namesIn(corrected(row, [correction('1', '/items/-', order)]).data)).toEqual(['a', 'b', 'c', 'd'])
})

test('records that say nothing are found, the outer of those within one another', () => {
  const data = {
    a: [{ x: null }, { x: 0 }, { x: '', y: [{ z: null }] }],
    b: [null, ''],
    c: { d: [{ e: [{}] }] },
  }
  expect(emptyRecords(data)).toEqual(['/a/0', '/a/2', '/c/d/0'])
})
