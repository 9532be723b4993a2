import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineDocumentType } from '../core/document-type.ts'
import { template } from '../templating/template.ts'
import { complete } from './absent.ts'
import { dropInvalid } from './invalid-values.ts'
import { validate } from './validate.ts'

const typeOf = (schema: z.ZodType) =>
  defineDocumentType({ name: 'note', schema, required: [], template: template({}), rules: [] })
const read = (schema: z.ZodType, data: unknown) => validate(data, typeOf(schema))
const missing = (schema: z.ZodType, data: unknown) => read(schema, data).violations.map(({ field }) => field)

const text = z.string()
const party = z.object({ name: text, vat: text.nullable() })
const iban = z.object({ kind: z.literal('iban'), iban: text })
const card = z.object({ kind: z.literal('card'), last4: text })
const payment = z.discriminatedUnion('kind', [iban, card])

test.each<[string, z.ZodType, unknown, unknown]>([
  ['nullable', text.nullable(), undefined, null],
  ['nullable, looked for', text.nullable(), null, null],
  ['nullable number', z.number().nullable(), undefined, null],
  ['nullable day', z.iso.date().nullable(), undefined, null],
  ['nullable choice', z.enum(['paid', 'open']).nullable(), undefined, null],
  ['nullable yes or no', z.boolean().nullable(), undefined, null],
  ['nullable, coerced', z.coerce.number().nullable(), undefined, null],
  ['nullable day, coerced', z.coerce.date().nullable(), null, null],
  ['nullable list', z.array(text).nullable(), undefined, null],
  ['nullable union', z.union([z.number(), text]).nullable(), undefined, null],
  ['nullable tagged union', payment.nullable(), undefined, null],
  ['nullable record', party.nullable(), undefined, null],
  ['nullable behind a transformation', text.nullable().transform((s) => s?.length ?? null), undefined, null],
  ['nullable within', z.union([text, z.null()]), undefined, null],
  ['default', z.enum(['paid', 'open']).default('open'), undefined, 'open'],
  ['default of a number, looked for', z.number().default(1), null, 1],
  ['default that may be null', text.nullable().default('EUR'), null, 'EUR'],
  ['default of a list', z.array(text).default(['a']), undefined, ['a']],
  ['default before a transformation', text.prefault('ab').transform((s) => s.length), undefined, 2],
  ['fallback', z.number().catch(7), undefined, 7],
  ['list', z.array(text), undefined, []],
  ['list of records', z.array(party), undefined, []],
  ['literal', z.literal('invoice'), undefined, 'invoice'],
  ['literal that may be null', z.literal('invoice').nullable(), undefined, null],
  ['nullish, looked for', text.nullish(), null, null],
  ['any', z.any().nullable(), undefined, null],
])('nothing found: %s', (_, schema, value, expected) => {
  const given = value === undefined ? {} : { value }
  expect(read(z.object({ value: schema }), given)).toEqual({ data: { value: expected }, violations: [] })
})

test.each<[string, z.ZodType, unknown]>([
  ['optional', text.optional(), undefined],
  ['optional, looked for', text.optional(), null],
  ['optional, coerced', z.coerce.number().optional(), null],
  ['optional day, coerced', z.coerce.date().optional(), null],
  ['nullish, not looked for', text.nullish(), undefined],
  ['optional record of which nothing was found', party.optional(), { name: null, vat: null }],
])('left out: %s', (_, schema, value) => {
  const given = value === undefined ? {} : { value }
  expect(read(z.object({ value: schema }), given)).toEqual({ data: {}, violations: [] })
})

test.each<[string, z.ZodType, readonly string[]]>([
  ['text', text, ['/value']],
  ['a text that is coerced is not "null"', z.coerce.string(), ['/value']],
  ['a number that is coerced is not 0', z.coerce.number(), ['/value']],
  ['a day that is coerced is not in 1970', z.coerce.date(), ['/value']],
  ['yes or no that is coerced is not no', z.coerce.boolean(), ['/value']],
  ['a choice', z.enum(['a', 'b']), ['/value']],
  ['a union', z.union([z.coerce.number(), text]), ['/value']],
  ['a tagged union', payment, ['/value']],
  ['a part of a record', party, ['/value/name']],
  ['a list that may not be empty', z.array(text).min(1), ['/value']],
  ['what is transformed', text.transform((s) => s.toUpperCase()), ['/value']],
])('required and not shown: %s', (_, schema, fields) => {
  for (const given of [{}, { value: null }])
    expect(missing(z.object({ value: schema }), given)).toEqual(fields)
})

test('of a record what may be null is null, where anything of it was found', () => {
  const schema = z.object({ seller: party.nullable(), buyer: party.nullable() })
  expect(read(schema, { seller: { name: 'Ada' }, buyer: { name: null } }).data).toEqual({
    seller: { name: 'Ada', vat: null },
    buyer: null,
  })
})

test('records of a list get what they lack', () => {
  const line = z.object({ what: text.nullable(), count: z.number().default(1), note: text.optional() })
  expect(read(z.object({ lines: z.array(line) }), { lines: [{ what: null, count: null }, { note: null }] }).data)
    .toEqual({ lines: [{ what: null, count: 1 }, { what: null, count: 1 }] }) // prettier-ignore
})

test.each([
  [
    { kind: 'iban', iban: 'DE1' },
    { kind: 'iban', iban: 'DE1' },
  ],
  [{ iban: 'DE1' }, { kind: 'iban', iban: 'DE1' }],
  [
    { last4: '1234', iban: null },
    { kind: 'card', last4: '1234' },
  ],
])('of a union the form that the values fit: %j', (value, expected) => {
  expect(read(z.object({ value: payment }), { value }).data).toEqual({ value: expected })
})

test('both halves of an intersection, and what stands behind a reference', () => {
  const halves = z.intersection(z.object({ a: text.nullable() }), z.object({ b: z.number().default(2) }))
  const schema = z.object({ halves, later: z.lazy(() => party.nullable()) }).readonly()
  expect(read(schema, {}).data).toEqual({ halves: { a: null, b: 2 }, later: null })
})

test('a day that a schema makes a Date of is written as the day', () => {
  const schema = z.object({ day: z.coerce.date(), at: z.coerce.date() })
  const { data } = read(schema, { day: '2024-06-17', at: '2024-06-17T10:30:00Z' })
  expect(data).toEqual({ day: '2024-06-17', at: '2024-06-17T10:30:00.000Z' })
})

test('where something is missing, defaults are there all the same', () => {
  const schema = z.object({ number: text, status: z.enum(['paid', 'open']).default('open') })
  expect(read(schema, { number: null })).toMatchObject({ data: { number: null, status: 'open' } })
})

test('data is not changed in its place', () => {
  const data = { list: [{ a: null }] }
  complete(z.object({ list: z.array(z.object({ a: text.optional() })) }), data)
  expect(data).toEqual({ list: [{ a: null }] })
})

test('values of a record that fits none of its forms are taken out, and the record may be null', () => {
  const type = typeOf(z.object({ payment: payment.nullable() }))
  const field = { value: 'bar', text: 'bar', confidence: 0.9, source: null }
  const candidate = {
    data: { payment: { kind: 'cash' } },
    fields: { '/payment/kind': { ...field, value: 'cash' } },
  }
  const dropped = dropInvalid({ ...candidate, violations: [] }, type)
  expect(dropped.violations).toMatchObject([{ code: 'INVALID_VALUE', field: '/payment/kind' }])
  expect(validate(dropped.data, type).data).toEqual({ payment: null })
})
