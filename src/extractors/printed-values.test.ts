import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineDocumentType } from '../core/document-type.ts'
import type { Candidate, Field } from '../core/extraction.ts'
import { field } from '../core/field-spec.ts'
import { fromJsonSchema } from '../document-types/from-json-schema.ts'
import { dropInvalid } from './invalid-values.ts'
import { readPrinted } from './printed-values.ts'

const schema = z.object({
  date: z.iso
    .date()
    .nullable()
    .meta(field({ comparator: 'date' })),
  time: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .nullable()
    .meta(field({ comparator: 'time' })),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
  total: z
    .number()
    .nullable()
    .meta(field({ comparator: 'amount' })),
  rate: z.number().nullable(),
  count: z.int().nullable(),
  paid: z.boolean().nullable(),
  number: z.string().nullable(),
  by: z.enum(['cash', 'card']).nullable(),
  items: z.array(z.object({ amount: z.number().nullable() })),
})

const type = defineDocumentType({
  name: 'slip',
  schema,
  required: [],
  template: { fill: () => ({ data: {}, fields: {}, violations: [] }) },
  rules: [],
})

const fieldOf = (value: Field['value']): Field => ({
  value,
  text: String(value),
  confidence: 0.8,
  source: null,
})

const said = (key: string, value: Field['value'], more: Record<string, string> = {}): Candidate => ({
  data: {
    ...Object.fromEntries(Object.keys(schema.shape).map((k) => [k, null])),
    items: [],
    ...more,
    [key]: value,
  },
  fields: {
    [`/${key}`]: fieldOf(value),
    ...Object.fromEntries(Object.entries(more).map(([k, v]) => [`/${k}`, fieldOf(v)])),
  },
  violations: [],
})

test.each([
  ['total', '22.05', 22.05],
  ['total', '$22.05', 22.05],
  ['total', '22,05', 22.05],
  ['total', 'RM 4.90', 4.9],
  ['total', '1,234.50 EUR', 1234.5],
  ['total', '-3.00', -3],
  ['rate', '6%', 6],
  ['count', '1', 1],
  ['count', '2 pcs', 2],
  ['date', '10/24/2023', '2023-10-24'],
  ['date', '24.10.2023', '2023-10-24'],
  ['date', '2023-10-24 18:05', '2023-10-24'],
  ['time', '6:05 PM', '18:05'],
  ['paid', 'yes', true],
  ['paid', 'No', false],
  ['currency', 'RM', 'MYR'],
  ['by', 'Cash', 'cash'],
  ['number', 4021, '4021'],
] as const)('%s %j is read as %j', (key, value, expected) => {
  const candidate = readPrinted(said(key, value), type)
  expect(candidate.data).toMatchObject({ [key]: expected })
  expect(candidate.fields[`/${key}`]).toEqual({
    value: expected,
    text: String(value),
    confidence: 0.8,
    source: null,
  })
  expect(dropInvalid(candidate, type)).toBe(candidate)
})

test.each([
  ['total', 'paid in full'],
  ['total', '3 x 4.50'],
  ['total', '4.50 of 9.00'],
  ['total', '6%'],
  ['total', ''],
  ['count', '1.5'],
  ['date', '31/02/2023'],
  ['date', 'yesterday'],
  ['time', 'noon'],
  ['paid', 'perhaps'],
  ['currency', '$$'],
  ['by', 'cheque'],
  ['number', 12.5],
] as const)('nothing is made of %s %j', (key, value) => {
  const { data, violations } = dropInvalid(readPrinted(said(key, value), type), type)
  expect(data).toMatchObject({ [key]: null })
  expect(violations).toMatchObject([{ code: 'INVALID_VALUE', field: `/${key}` }])
})

test('a day that two countries read differently is less sure and doubted, unless the country is told', () => {
  const undecided = readPrinted(said('date', '05/12/2017'), type)
  expect(undecided.fields['/date']!.confidence).toBeLessThan(0.6)
  expect(undecided.violations).toMatchObject([{ code: 'DATE_ORDER_UNCERTAIN', field: '/date' }])
  const decided = readPrinted(said('date', '05/12/2017', { number: 'ABC SDN BHD' }), type)
  expect(decided.fields['/date']).toMatchObject({ value: '2017-12-05', confidence: expect.closeTo(0.78, 1) })
  expect(decided.violations).toEqual([])
})

test('values of records, and of a JSON Schema, are read too', () => {
  const items = { ...said('count', 1), fields: { '/items/0/amount': fieldOf('4,50 €') } } as Candidate
  const data = { ...(items.data as object), items: [{ amount: '4,50 €' }] }
  expect(readPrinted({ ...items, data }, type).data).toMatchObject({ items: [{ amount: 4.5 }] })
  const bill = fromJsonSchema(
    '{"type":"object","properties":{"due":{"type":"string","format":"date"},"sum":{"type":["number","null"]}}}',
    'bill',
  )
  const candidate = {
    data: { due: '24 Oct 2023', sum: 'USD 12.00' },
    fields: { '/due': fieldOf('24 Oct 2023'), '/sum': fieldOf('USD 12.00') },
    violations: [],
  }
  expect(readPrinted(candidate, bill).data).toEqual({ due: '2023-10-24', sum: 12 })
})

test('what fits is not looked at', () => {
  const candidate = said('total', 22.05)
  expect(readPrinted(candidate, type)).toBe(candidate)
})
