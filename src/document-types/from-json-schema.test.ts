import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { entityOf } from '../templating/rules.case.ts'
import { fromJsonSchema } from './from-json-schema.ts'

const load = (schema: unknown) => fromJsonSchema(JSON.stringify(schema), 'form')
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more })
const refused = (code: string, why: RegExp): unknown =>
  expect.objectContaining({ code, message: expect.stringMatching(why) })

/** So many levels, each of which refers to the next twice: as long as it is deep, but 2^levels when followed. */
function bomb(levels: number) {
  const names = Array.from({ length: levels }, (_, i) => `l${i}`)
  const twice = (name: string) => ({ anyOf: [{ $ref: `#/$defs/${name}` }, { $ref: `#/$defs/${name}` }] })
  const defs = names.map((name, i) => [name, i + 1 < levels ? twice(names[i + 1]!) : { type: 'string' }])
  return { ...twice('l0'), $defs: Object.fromEntries(defs) as object }
}
const nested = (depth: number): object => (depth === 0 ? {} : { not: nested(depth - 1) })

test('a schema within the limits becomes a type', () => {
  const schema = object(
    { total: { type: 'number' }, 'a/b': { type: 'string', pattern: '^x' }, deep: nested(20) },
    { $id: 'https://example.org/form', required: ['total', 'a/b'] },
  )
  const type = load(schema)
  expect(type).toMatchObject({ name: 'form', jsonSchema: schema, required: ['/total', '/a~1b'], rules: [] })
  expect(type.schema.safeParse({ total: 1, 'a/b': 'xy' }).success).toBe(true)
  expect(type.schema.safeParse({ total: 1, 'a/b': 'y' }).success).toBe(false)
})

const { $defs, ...doubled } = bomb(9)
const { $defs: deepDefs, ...doubledDeep } = bomb(24)

test.each<[string, object, RegExp]>([
  ['too long', object({ note: { description: 'x'.repeat(64 * 1024) } }), /larger than 64 KB/],
  ['too deep', object({ deep: nested(40) }), /more than 32 levels/],
  ['too large', object(Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`f${i}`, {}]))), /more than 500 parts/],
  ['large once its references are followed', object({ x: doubled }, { $defs }), /more than 500 parts/],
  ['huge once its references are followed', object({ x: doubledDeep }, { $defs: deepDefs }), /levels deep|500 parts/],
  ['large behind a field called "pattern"', object({ pattern: doubled }, { $defs }), /more than 500 parts/],
  ['a cycle', object({ x: { $ref: '#/$defs/a' } }, { $defs: { a: { items: { $ref: '#/$defs/a' } } } }), /leads back to itself/],
  ['its own part', object({ x: { $ref: '#' } }), /leads back to itself/],
  ['in need of another file', object({ x: { $ref: 'https://example.org/x.json' } }), /points outside the file/],
  ['in need of a neighbour', object({ x: { $ref: 'other.json#/a' } }), /points outside the file/],
  ['broken', object({ x: { $ref: '#/$defs/none' } }), /points to nothing/],
  ['reaching for inherited keys', object({ x: { $ref: '#/toString' } }), /points to nothing/],
  ['dynamic', object({ x: { $dynamicRef: '#a' } }), /\$dynamicRef is not supported/],
  ['made of anchors', object({ x: { $anchor: 'a' } }), /\$anchor is not supported/],
  ['made of several schemas', object({ x: { $id: 'x', type: 'string' } }), /\$id/],
  ['in need of backtracking', object({ x: { pattern: '(a)\\1' } }), /linear time/],
  ['in need of looking ahead', object({ x: { pattern: '(?=a)' } }), /linear time/],
  ['a pattern that unfolds', object({ x: { pattern: '((a{99}){99}){99}' } }), /linear time/],
])('refuses a schema that is %s', (_, schema, why) => {
  expect(() => load(schema)).toThrow(refused('E_SCHEMA_UNSAFE', why))
}) // prettier-ignore

test.each(['__proto__', 'constructor', 'prototype'])('refuses a field called %s at any depth', (key) => {
  const field = `{"${key}":{"type":"string"}}`
  for (const text of [
    `{"type":"object","properties":${field}}`,
    `{"type":"object","properties":{"a":{"type":"object","properties":${field}}}}`,
    `{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":${field}}}}}`,
  ])
    expect(() => fromJsonSchema(text, 'form')).toThrow(refused('E_SCHEMA_UNSAFE', new RegExp(key)))
})

test.each([
  ['no JSON', '{', /not JSON/],
  ['a list', '[]', /describes an object/],
  ['a schema of a text', '{"type":"string"}', /describes an object/],
  ['no schema', '{"type":"object","properties":{"a":{"type":"nonsense"}}}', /not a usable JSON Schema/],
  ['a wrong title', '{"type":"object","properties":{"a":{"title":5}}}', /not a usable JSON Schema/],
  ['a broken pattern as a key', '{"type":"object","properties":{},"patternProperties":{"(":{}}}', /not a usable JSON Schema/],
])('refuses %s', (_, text, why) => {
  expect(() => fromJsonSchema(text, 'form')).toThrow(refused('E_TYPE_INVALID', why))
}) // prettier-ignore

test('patterns that would hang a backtracking engine answer at once', () => {
  const type = load(object({ x: { pattern: '^(a+)+$' }, y: { pattern: '^b' } }))
  expect(type.schema.safeParse({ y: 'a' }).success).toBe(false)
  expect(type.schema.safeParse({ x: `${'a'.repeat(50_000)}!` }).success).toBe(false)
  expect(type.schema.safeParse({ x: 'a'.repeat(50_000) }).success).toBe(true)
})

test('finds fields by their names, titles and well-known labels', () => {
  const line = object({ description: { type: 'string' }, price: { type: 'number' } })
  const type = load(
    object(
      {
        invoiceNumber: { type: 'string' },
        issued: { title: 'Date of issue', type: 'string', format: 'date' },
        paid: { type: ['boolean', 'null'] },
        pages: { anyOf: [{ type: 'null' }, { type: 'integer' }] },
        total: { $ref: '#/$defs/amount' },
        net: { title: 'Net amount', $ref: '#/properties/total' },
        currency: { type: 'string' },
        buyer: object({ name: { title: 'Bill to', type: 'string' } }),
        lines: { type: 'array', items: { $ref: '#/$defs/line' } },
        tags: { type: 'array', items: { type: 'string' } },
      },
      { $defs: { amount: { type: 'number' }, line } },
    ),
  )
  const page = pageOf(`
    Invoice No: A-17
    Date of issue:  2 March 2018
    Bill to:  Ms Tan
    Description              Price
    Tea                      3.00
    Mug                      9.00

    Net amount   11.32
    DUE          RM 12.00
    Paid: yes
    Pages 2`)
  const entities = [entityOf('TOTAL', 'RM 12.00', page, { confidence: 0.5 })]
  const { data } = type.template.fill({ pages: [page], entities })
  expect(data).toEqual({
    invoiceNumber: 'A-17',
    issued: '2018-03-02',
    paid: true,
    pages: 2,
    total: 12,
    net: 11.32,
    currency: 'MYR',
    buyer: { name: 'Ms Tan' },
    lines: [
      { description: 'Tea', price: 3 },
      { description: 'Mug', price: 9 },
    ],
  })
})
