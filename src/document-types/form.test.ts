import { expect, test } from 'vitest'
import { formOf } from './form.ts'
import { fromJsonSchema } from './from-json-schema.ts'
import { loadType } from './load.ts'

const receipt = formOf(await loadType('receipt', '/'))
const fieldOf = (pointer: string) => receipt.find((field) => field.pointer === pointer)

test('a receipt as people fill it in', () => {
  expect(receipt.map(({ label }) => label)).toEqual([
    'merchant name',
    'merchant address',
    'merchant phone',
    'date',
    'time',
    'currency',
    'items',
    'subtotal',
    'discount',
    'service charge',
    'taxes',
    'tax',
    'rounding',
    'tip',
    'total',
  ])
  expect(fieldOf('/date')).toEqual({
    pointer: '/date',
    label: 'date',
    kind: 'date',
    choices: [],
    required: true,
    risk: 'high',
    hint: 'Day of the sale, ISO 8601',
    columns: [],
  })
  expect(fieldOf('/time')).toMatchObject({ kind: 'time', required: false, risk: 'low' })
  expect(fieldOf('/total')).toMatchObject({ kind: 'number', required: true })
})

test('a list has columns', () => {
  const { kind, risk, columns } = fieldOf('/items')!
  expect([kind, risk]).toEqual(['list', 'low'])
  expect(columns.map(({ pointer, label, kind: of }) => [pointer, label, of])).toEqual([
    ['/items/*/description', 'description', 'text'],
    ['/items/*/quantity', 'quantity', 'number'],
    ['/items/*/unitPrice', 'unit price', 'number'],
    ['/items/*/amount', 'amount', 'number'],
  ])
})

test('the form of a schema that a person wrote', () => {
  const schema = {
    type: 'object',
    required: ['grade', 'tags'],
    properties: {
      grade: { enum: ['A', 'B', null], description: 'As stamped' },
      copies: { type: ['integer', 'null'], title: 'Number of copies' },
      paid: { type: 'boolean' },
      due: { type: 'string', format: 'date' },
      tags: { type: 'array', items: { type: 'string' } },
      lines: { type: 'array', items: { $ref: '#/$defs/line' } },
      size: { enum: [1, 2] },
    },
    $defs: {
      line: {
        type: 'object',
        properties: { price: { type: 'object', properties: { net: { type: 'number' } } } },
      },
    },
  }
  const { jsonSchema, ...type } = fromJsonSchema(JSON.stringify(schema), 'sheet')
  const form = formOf({ type, jsonSchema })
  expect(form.map(({ pointer, label, kind, choices }) => [pointer, label, kind, choices])).toEqual([
    ['/grade', 'grade', 'choice', ['A', 'B']],
    ['/copies', 'Number of copies', 'integer', []],
    ['/paid', 'paid', 'boolean', []],
    ['/due', 'due', 'date', []],
    ['/tags', 'tags', 'list', []],
    ['/lines', 'lines', 'list', []],
    ['/size', 'size', 'number', []],
  ])
  expect(form.filter(({ required }) => required).map(({ pointer }) => pointer)).toEqual(['/grade', '/tags'])
  expect(form[0]!.hint).toBe('As stamped')
  expect(form[4]!.columns).toMatchObject([{ pointer: '/tags/*', label: 'value', kind: 'text' }])
  expect(form[5]!.columns).toMatchObject([
    { pointer: '/lines/*/price/net', label: 'price net', kind: 'number' },
  ])
})
