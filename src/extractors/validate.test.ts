import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineDocumentType } from '../core/document-type.ts'
import { fromJsonSchema } from '../document-types/from-json-schema.ts'
import { template } from '../templating/template.ts'
import { validate } from './validate.ts'

const line = { description: 'Tea', amount: 3 }
const byZod = defineDocumentType({
  name: 'bill',
  schema: z.object({
    total: z.number(),
    date: z.iso.date().nullable(),
    items: z.array(z.object({ description: z.string().nullable(), amount: z.number() })),
  }),
  required: ['/total'],
  template: template({}),
  rules: [],
})
const byJsonSchema = fromJsonSchema(
  JSON.stringify({
    type: 'object',
    properties: {
      total: { type: 'number' },
      date: { type: 'string', format: 'date' },
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: { description: { type: 'string' }, amount: { type: 'number' } },
          required: ['amount'],
        },
      },
    },
    required: ['total'],
    additionalProperties: false,
  }),
  'bill',
)

const good = { total: 3, date: '2018-03-02', items: [line] }

test('whole data passes', () => {
  for (const type of [byZod, byJsonSchema]) {
    expect(validate(good, type)).toEqual({ data: good, violations: [] })
  }
})

test('nulls stay where the schema takes them, and are left out where it does not', () => {
  const data = { ...good, date: null, items: [{ ...line, description: null }] }
  expect(validate(data, byZod).data).toEqual(data)
  expect(validate(data, byJsonSchema).data).toEqual({ total: 3, items: [{ amount: 3 }] })
})

test('values that are not JSON are the fault of the type', () => {
  const type = { ...byZod, schema: z.object({ total: z.number().transform(BigInt) }) }
  expect(() => validate({ total: 3 }, type)).toThrow(expect.objectContaining({ code: 'E_TYPE_INVALID' }))
})

test.each([
  ['/total', { ...good, total: null }],
  ['/items/0/amount', { ...good, items: [{ ...line, amount: null }] }],
])('a required value that is not shown stays null and is reported: %s', (field, data) => {
  for (const type of [byZod, byJsonSchema]) {
    const message = `The type "bill" requires ${field}, and the document does not show it.`
    expect(validate(data, type)).toEqual({
      data,
      violations: [{ code: 'REQUIRED_MISSING', field, message }],
    })
  }
})

test.each([
  ['a wrong kind of value', { ...good, total: '3' }, '/total'],
  ['a day that does not exist', { ...good, date: '2018-02-31' }, '/date'],
  ['a wrong value deep inside', { ...good, items: [line, { ...line, amount: 'x' }] }, '/items/1/amount'],
  ['a wrong value beside a missing one', { total: null, date: 'soon', items: [] }, '/date'],
  ['something else altogether', [], '/'],
])('refuses %s', (_, data, field) => {
  for (const type of [byZod, byJsonSchema]) {
    const message = expect.stringContaining(`does not fit the type "bill" (${field}: `)
    expect(() => validate(data, type)).toThrow(
      expect.objectContaining({ code: 'E_SCHEMA_MISMATCH', message }),
    )
  }
})

test('names of fields with slashes are told as they are', () => {
  const odd = fromJsonSchema(
    '{"type":"object","properties":{"a/b~c":{"type":"number"}},"required":["a/b~c"]}',
    'odd',
  )
  expect(odd.required).toEqual(['/a~1b~0c'])
  expect(validate({ 'a/b~c': null }, odd).violations[0]!.field).toBe('/a~1b~0c')
  expect(() => validate({ 'a/b~c': 'x' }, odd)).toThrow(/\/a~1b~0c: must be number/)
})

test('what the schema makes of the data counts', () => {
  const type = { ...byZod, schema: z.object({ total: z.number().transform(String) }) }
  expect(validate({ total: 3 }, type).data).toEqual({ total: '3' })
})
