import { expect, test } from 'vitest'
import { z } from 'zod'
import { boxSchema } from '../core/geometry.ts'
import { openApiDocument } from '../../scripts/client-types.ts'
import { withPlainArrays } from './plain-arrays.ts'

const jsonSchema = (schema: z.ZodType): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema)
  return rest
}
const number = { type: 'number' }

test.each<[string, z.ZodType, object]>([
  ['a box', boxSchema, { type: 'array', items: number, minItems: 4, maxItems: 4 }],
  [
    'places of several kinds',
    z.tuple([z.string(), z.number(), z.string()]),
    { type: 'array', items: { anyOf: [{ type: 'string' }, number] }, minItems: 3, maxItems: 3 },
  ],
  [
    'a tuple with a rest',
    z.tuple([z.number()], z.boolean()),
    { type: 'array', items: { anyOf: [number, { type: 'boolean' }] }, minItems: 1 },
  ],
  [
    'a tuple of tuples',
    z.tuple([z.tuple([z.number(), z.number()])]),
    { items: { type: 'array', items: number, minItems: 2, maxItems: 2 }, minItems: 1, maxItems: 1 },
  ],
])('%s is an array of so many', (_, schema, expected) => {
  expect(withPlainArrays(jsonSchema(schema))).toMatchObject(expected)
  expect(JSON.stringify(withPlainArrays(jsonSchema(schema)))).not.toContain('prefixItems')
})

test('a schema without tuples, and data beside schemas, stay as they are', () => {
  const schemas = [z.object({ a: z.array(z.string()), b: z.null() }), z.record(z.string(), z.int())]
  for (const schema of schemas) expect(withPlainArrays(jsonSchema(schema))).toEqual(jsonSchema(schema))
  expect(withPlainArrays({ example: [1, null, true, 'x'] })).toEqual({ example: [1, null, true, 'x'] })
})

test('the OpenAPI document has no tuple and no boolean in place of items', async () => {
  const text = JSON.stringify(await openApiDocument())
  expect(text).toContain('"maxItems":4')
  expect(text).not.toMatch(/"prefixItems"|"items":(true|false)/)
})
