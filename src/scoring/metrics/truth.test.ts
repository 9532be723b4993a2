import { expect, test } from 'vitest'
import { resultOf } from './result.case.ts'
import { predictionAt, typedTruthSchema } from './truth.ts'

test('nested JSON: scalars by pointer, lists apart, null for what is not printed', () => {
  const tree = {
    merchant: { name: 'Kedai', phone: null },
    date: '2018-12-25',
    items: [{ amount: 2 }],
    total: 9,
  }
  const truth = typedTruthSchema.parse(tree)
  expect(Object.entries(truth.fields).map(([pointer, { kind, values }]) => [pointer, kind, values])).toEqual([
    ['/merchant/name', 'text', ['Kedai']],
    ['/merchant/phone', 'text', [null]],
    ['/date', 'date', ['2018-12-25']],
    ['/total', 'amount', [9]],
  ])
  expect(truth.lists).toEqual({ '/items': [{ amount: 2 }] })
  expect(truth.wording({ value: 9, text: 'RM9.00' })).toBe(9)
  const result = resultOf({ '/merchant/name': ['Kedai', 'KEDAI'], '/tax': [1, '1.00'] })
  expect(truth.predictedTree(result)).toEqual({
    merchant: { name: 'Kedai', phone: null },
    date: null,
    items: null,
    total: null,
  })
})

test.each([[[1]], ['text'], [null], [7]])('no truth: %j', (value) => {
  expect(typedTruthSchema.safeParse(value).success).toBe(false)
})

test('a prediction is the field, else the data; blank is nothing, a record stands for its JSON', () => {
  const result = resultOf(
    { '/total': [9, 'RM9.00'], '/tax': [' ', ' '] },
    { data: { total: 8, tip: 1, merchant: { name: 'A' }, items: [], seller: { name: null } } },
  )
  expect(predictionAt(result, '/total')).toMatchObject({ value: 9, text: 'RM9.00', confidence: 0.9 })
  expect(predictionAt(result, '/tip')).toEqual({ value: 1, text: null, confidence: null })
  expect(predictionAt(result, '/merchant').value).toBe('{"name":"A"}')
  for (const pointer of ['/tax', '/items', '/seller', '/date'] as const) {
    expect(predictionAt(result, pointer)).toEqual({ value: null, text: null, confidence: null })
  }
  expect(predictionAt(null, '/total').value).toBeNull()
})
