import { expect, test } from 'vitest'
import { OneOf } from '../scoring/metrics/anls-star.ts'
import { resultOf } from '../scoring/metrics/result.case.ts'
import { receiptTruthSchema, truthSchemaForResults, truthSchemaForType, truthSchemaOf } from './formats.ts'

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
  const truth = truthSchemaOf('parallax').parse(tree)
  expect(truth.tree).toEqual(tree)
  expect(Object.keys({ ...truth.fields, ...truth.lists })).toEqual(Object.keys(tree).map((key) => `/${key}`))
})

test.each([[[1]], ['text'], [null], [7]])('no truth: %j', (value) => {
  expect(receiptTruthSchema.safeParse(value).success).toBe(false)
})

test('truths of receipts may be of a data set, those of other types are read as they are', () => {
  const ofDataSet = { company: 'Ada Ltd', total: '9.00' }
  expect(truthSchemaForType('receipt').parse(ofDataSet).tree).toHaveProperty('merchant')
  expect(truthSchemaForType('invoice').parse(ofDataSet).tree).toEqual(ofDataSet)
})

test.each([
  ['receipts', [resultOf({ '/total': [9, '9.00'] })], true],
  ['results of a type of that name which has such a field', [resultOf({ '/company': ['Ada Ltd', 'Ada Ltd'] })], false],
  ['another type', [resultOf({ '/total': [9, '9.00'] }, { documentType: 'invoice' })], false],
  ['several types', [resultOf({}), resultOf({}, { documentType: 'invoice' })], false],
])('of %s: %j', (_, results, mayBeOfDataSet) => {
  const { tree } = truthSchemaForResults(results).parse({ company: 'Ada Ltd', total: '9.00' })
  expect('merchant' in tree).toBe(mayBeOfDataSet)
}) // prettier-ignore
