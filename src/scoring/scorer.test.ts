import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineDocumentType, type DocumentType } from '../core/document-type.ts'
import type { Extraction, Fields, JsonPointer, Scalar, Violation } from '../core/extraction.ts'
import { acceptThresholds, scoreExtraction } from './scorer.ts'

interface Bill {
  readonly total: number | null
}
const overdrawn: Violation = { code: 'OVERDRAWN', field: '/total', message: 'Too much.' }
const bill = defineDocumentType({
  name: 'bill',
  schema: z.object({ total: z.number().nullable() }),
  required: ['/name', '/total'],
  template: { fill: () => ({ data: null, fields: {}, violations: [] }) },
  rules: [({ total }: Bill) => (total!.toFixed(2) > '99' ? [overdrawn] : [])],
})
const free: DocumentType = { ...bill, required: [], rules: [] }

type Values = Readonly<Record<JsonPointer, readonly [Scalar, number]>>
function extractionOf(values: Values, violations: readonly Violation[] = []): Extraction {
  const entries = Object.entries(values) as [JsonPointer, Values[JsonPointer]][]
  const fields: Fields = Object.fromEntries(
    entries.map(([p, [value, confidence]]) => [p, { value, text: null, confidence, source: null }]),
  )
  const data = { total: values['/total']?.[0] ?? null }
  return { documentType: 'bill', path: 'modular', data, fields, violations: [...violations], producedBy: {}, words: [], crossCheck: null, sharpness: 0, ms: 1 }
} // prettier-ignore

const sure: Values = { '/name': ['A', 0.9], '/total': [9, 0.8], '/note': ['x', 0.7] }
const against = (field: JsonPointer | null): Violation => ({ code: 'ODD', field, message: 'Odd.' })
const codes = (values: Values, type: DocumentType = bill, violations: Violation[] = []) =>
  scoreExtraction(extractionOf(values, violations), type).flags.map((f) => [f.code, f.field])

test('is as good as its least certain required field', () => {
  const { value, fields, flags } = scoreExtraction(extractionOf({ ...sure, '/note': ['x', 0.55] }), bill)
  expect(value).toBe(0.8)
  expect(fields).toEqual({ '/name': 0.9, '/total': 0.8, '/note': 0.55 })
  expect(flags).toEqual([])
})

test('without required fields, as its least certain value', () => {
  const values: Values = { '/name': ['A', 0.9], '/note': ['x', 0.7], '/tax': [null, 0] }
  expect(scoreExtraction(extractionOf(values), free)).toMatchObject({ value: 0.7, flags: [] })
})

test.each<[string, Values, DocumentType, [string, string | null][]]>([
  ['a required field that is null', { ...sure, '/total': [null, 0] }, bill, [['MISSING', '/total']]],
  ['a required field that was not looked for', { '/total': [9, 0.9] }, bill, [['MISSING', '/name']]],
  ['a document of which nothing was read', { '/name': [null, 0], '/total': [null, 0] }, free, [['MISSING', null]]],
  ['no field at all', {}, free, [['MISSING', null]]],
  ['a required value below its threshold', { ...sure, '/total': [9, acceptThresholds.required - 0.01] }, bill, [['E_LOW_CONFIDENCE', '/total']]],
  ['any other value below its own', { ...sure, '/note': ['x', acceptThresholds.other - 0.01] }, bill, [['E_LOW_CONFIDENCE', '/note']]],
  ['no value at its threshold', { ...sure, '/total': [9, acceptThresholds.required], '/note': ['x', acceptThresholds.other] }, bill, []],
  ['no other field that is null', { ...sure, '/note': [null, 0] }, bill, []],
])('flags %s', (_, values, type, expected) => {
  expect(codes(values, { ...type, rules: [] })).toEqual(expected)
}) // prettier-ignore

test.each<[string, JsonPointer | null, Record<string, number>]>([
  ['of a field', '/total', { '/total': 0.32, '/items/0/amount': 0.7, '/items/10/amount': 0.7 }],
  ['of an item', '/items/1', { '/total': 0.8, '/items/0/amount': 0.7, '/items/10/amount': 0.7 }],
  ['of a list', '/items', { '/total': 0.8, '/items/0/amount': 0.28, '/items/10/amount': 0.28 }],
  ['of the whole', null, { '/total': 0.8, '/items/0/amount': 0.7, '/items/10/amount': 0.7 }],
])('a violation %s takes from the fields it is about', (_, field, fields) => {
  const values: Values = { '/total': [9, 0.8], '/items/0/amount': [3, 0.7], '/items/10/amount': [6, 0.7] }
  const score = scoreExtraction(extractionOf(values, [against(field)]), free)
  expect(score.flags).toContainEqual(against(field))
  for (const [pointer, expected] of Object.entries(fields))
    expect(score.fields[pointer as JsonPointer]).toBeCloseTo(expected, 9)
})

test('a broken rule of the type counts like any violation', () => {
  const { value, flags } = scoreExtraction(extractionOf({ ...sure, '/total': [99.5, 0.9] }), bill)
  expect(value).toBeCloseTo(0.36, 9)
  expect(flags.map((f) => f.code)).toEqual(['OVERDRAWN', 'E_LOW_CONFIDENCE'])
})

test('rules are not asked about data that is not whole', () => {
  const violation: Violation = { code: 'REQUIRED_MISSING', field: '/total', message: 'Not shown.' }
  const values: Values = { ...sure, '/total': [null, 0] }
  expect(codes(values, bill, [violation])).toEqual([['REQUIRED_MISSING', '/total']])
})

test('a rule that fails is the fault of the type', () => {
  const throwing = { ...bill, rules: [() => { throw new Error('no such key') }] } // prettier-ignore
  const wrong = { ...bill, rules: [() => [{ code: 'X', field: 'total' as '/total', message: 'no slash' }]] }
  for (const type of [throwing, wrong]) {
    expect(() => codes(sure, type)).toThrow(expect.objectContaining({ code: 'E_TYPE_INVALID' }))
  }
})

test('a required list is shown by what stands in it', () => {
  const listed = { ...free, required: ['/items' as const] }
  expect(codes({ '/items/0/amount': [3, 0.9] }, listed)).toEqual([])
  expect(codes({ '/items/0/amount': [null, 0] }, listed)).toEqual([['MISSING', '/items']])
})
