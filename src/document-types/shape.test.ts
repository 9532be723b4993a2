import { expect, test } from 'vitest'
import { validate } from '../extractors/validate.ts'
import { fromJsonSchema } from './from-json-schema.ts'

const text = { type: 'string' }
const nullable = { type: ['string', 'null'] }
const read = (value: object, given: unknown, isRequired = true) => {
  const schema = {
    type: 'object',
    properties: { value },
    required: isRequired ? ['value'] : [],
    additionalProperties: false,
  }
  const type = fromJsonSchema(JSON.stringify(schema), 'note')
  return validate(given === undefined ? {} : { value: given }, type)
}

const party = { type: 'object', properties: { name: text, vat: nullable }, required: ['name'] }
const payment = {
  oneOf: [
    { type: 'object', properties: { kind: { const: 'iban' }, iban: text }, required: ['kind', 'iban'], additionalProperties: false },
    { type: 'object', properties: { kind: { const: 'card' }, last4: text }, required: ['kind', 'last4'], additionalProperties: false },
  ],
} // prettier-ignore

test.each<[string, object, unknown, unknown]>([
  ['a list of types', nullable, undefined, null],
  ['a choice', { anyOf: [text, { type: 'null' }] }, undefined, null],
  ['an enum', { enum: ['a', null] }, null, null],
  ['the keyword of OpenAPI', { type: 'string', nullable: true }, null, null],
  ['nothing said', { title: 'Anything' }, null, null],
  ['a default', { type: 'string', enum: ['a', 'b'], default: 'b' }, null, 'b'],
  ['a default beside null', { ...nullable, default: 'b' }, undefined, 'b'],
  ['a constant', { const: 'invoice' }, undefined, 'invoice'],
  ['a list', { type: 'array', items: text }, undefined, []],
  ['a record that may be null', { anyOf: [party, { type: 'null' }] }, { name: null, vat: null }, null],
  ['a part of a record', party, { name: 'Ada' }, { name: 'Ada' }],
  ['the form that fits', payment, { iban: 'DE1', last4: null }, { kind: 'iban', iban: 'DE1' }],
  ['the other form', payment, { iban: null, last4: '1234' }, { kind: 'card', last4: '1234' }],
])('what was not found, by %s', (_, value, given, expected) => {
  expect(read(value, given)).toEqual({ data: { value: expected }, violations: [] })
})

test.each<[string, object, unknown]>([
  ['a text', text, null],
  ['a record', party, { name: null, vat: null }],
  ['one of several forms', payment, { iban: null, last4: null }],
])('left out where it is not required: %s', (_, value, given) => {
  expect(read(value, given, false)).toEqual({ data: {}, violations: [] })
})

test.each<[string, object, unknown, string]>([
  ['a text', text, null, '/value'],
  ['a choice', { enum: ['a', 'b'] }, null, '/value'],
  ['a part of a record', party, { name: null, vat: null }, '/value/name'],
  ['a list that may not be empty', { type: 'array', minItems: 1, items: text }, [], '/value'],
])('required and not shown: %s', (_, value, given, field) => {
  expect(read(value, given).violations).toMatchObject([{ code: 'REQUIRED_MISSING', field }])
})
