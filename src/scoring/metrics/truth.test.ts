import { expect, test } from 'vitest'
import { OneOf } from './anls-star.ts'
import { resultOf } from './result.case.ts'
import { predictionAt, receiptTruthSchema, truthOf } from './truth.ts'

test('nested JSON: scalars by pointer, lists apart, null for what is not printed', () => {
  const tree = {
    merchant: { name: 'Kedai', phone: null },
    date: '2018-12-25',
    items: [{ amount: 2 }],
    total: 9,
  }
  const truth = receiptTruthSchema.parse(tree)
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

test('SROIE: printed strings; empty or absent ones are not known', () => {
  const truth = receiptTruthSchema.parse({ company: 'KEDAI  ROTI', date: '25/12/2018', total: '' })
  expect(Object.keys(truth.fields)).toEqual(['/merchant/name', '/date'])
  expect(truth.tree).toEqual({ merchant: { name: 'KEDAI ROTI' }, date: '25/12/2018' })
  const result = resultOf({ '/merchant/name': ['Kedai Roti', 'KEDAI ROTI'], '/date': [null, null] })
  expect(truth.predictedTree(result)).toEqual({ merchant: { name: 'KEDAI ROTI' }, date: null })
})

test('WildReceipt: any listed value, white space taken out, empty lists not known', () => {
  const truth = receiptTruthSchema.parse({
    store_name: ['LittleDelhi', 'Customer Receipt'],
    store_addr: ['83EddyStreet'],
    tel: [],
    date: ['4/16/2017'],
    time: [],
    subtotal: [],
    tax: ['3.74'],
    tips: ['5.51'],
    total: [''],
    items: [{ kind: 'item', text: 'Raita', box: [1, 2] }],
  })
  expect(Object.keys(truth.fields)).toEqual(['/merchant/name', '/date', '/tax', '/tip'])
  expect(truth.tree).toMatchObject({
    merchant: { name: new OneOf(['LittleDelhi', 'CustomerReceipt']) },
    tax: '3.74',
  })
  expect(truth.fields['/date']?.orders).toEqual(['day-first', 'month-first'])
  expect(truth.wording({ value: 'Little Delhi', text: ' Little Delhi' })).toBe('LittleDelhi')
})

test.each([
  { company: 'Ada Ltd', date: '25/12/2018', address: 'NO.53', total: '9.00' },
  { company: 'Ada Ltd', date: '2018-12-25', total: '9.00' },
  { store_name: ['Ada Ltd'], total: ['9.00'] },
])('the truth of a type that has the fields of a data set is read as it is: %j', (tree) => {
  const truth = truthOf('parallax').parse(tree)
  expect(truth.tree).toEqual(tree)
  expect(Object.keys({ ...truth.fields, ...truth.lists })).toEqual(Object.keys(tree).map((key) => `/${key}`))
})

test.each([[[1]], ['text'], [null], [7]])('no truth: %j', (value) => {
  expect(receiptTruthSchema.safeParse(value).success).toBe(false)
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
