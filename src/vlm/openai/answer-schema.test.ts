import { expect, test } from 'vitest'
import { z } from 'zod'
import receipt from '../../../schemas/receipt.ts'
import type { DocumentType } from '../../core/document-type.ts'
import { schemaOf } from '../../core/schema-node.ts'
import { askedSchema } from './answer-schema.ts'

const asked = (schema: z.ZodType) => {
  const type = { schema } as unknown as DocumentType
  return askedSchema(schemaOf(type)) as { properties: Record<string, unknown>; required: string[] }
}

const orNull = (node: object) => ({ anyOf: [node, { type: 'null' }] })

test('is closed and complete, with null where a value may not be printed', () => {
  const schema = z.object({
    id: z.string().min(3),
    kind: z.enum(['a', 'b']),
    lines: z.array(z.object({ amount: z.int().min(0) })),
    note: z.array(z.string()).optional(),
    total: z.number().nullable().describe('What is due'),
  })
  const lines = {
    type: 'array',
    items: {
      type: 'object',
      properties: { amount: orNull({ type: 'integer' }) },
      required: ['amount'],
      additionalProperties: false,
    },
  }
  expect(asked(schema)).toEqual({
    type: 'object',
    properties: {
      id: orNull({ type: 'string' }),
      kind: orNull({ type: 'string', enum: ['a', 'b'] }),
      lines,
      note: orNull({ type: 'array', items: { type: 'string' } }),
      total: { type: ['number', 'null'], description: 'What is due' },
    },
    required: ['id', 'kind', 'lines', 'note', 'total'],
    additionalProperties: false,
  })
})

test('keeps the patterns that servers know', () => {
  const { properties } = asked(receipt.schema)
  expect(properties).toMatchObject({
    date: {
      anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }],
      description: 'Day of the sale, ISO 8601',
    },
    currency: { anyOf: [{ pattern: '^[A-Z]{3}$' }, { type: 'null' }] },
  })
  expect(JSON.stringify(properties)).not.toMatch(/minLength|\(\?/)
})

test('follows references, also to itself', () => {
  const node: z.ZodType = z.object({
    name: z.string(),
    get parts() {
      return z.array(node).nullable()
    },
  })
  expect(asked(node)).toMatchObject({ required: ['name', 'parts'], additionalProperties: false })
})

test("a user's own JSON Schema comes through", () => {
  const own = z
    .unknown()
    .transform((x) => x)
    .meta({
      type: 'object',
      properties: { number: { $ref: '#/$defs/n' } },
      $defs: { n: { type: 'integer' } },
    })
  expect(asked(own)).toMatchObject({
    properties: { number: orNull({ $ref: '#/$defs/n' }) },
    $defs: { n: { type: 'integer' } },
  })
})
