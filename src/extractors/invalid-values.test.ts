import { expect, test } from 'vitest'
import type { Field } from '../core/extraction.ts'
import { fromJsonSchema } from '../document-types/from-json-schema.ts'
import { dropInvalid } from './invalid-values.ts'

const type = fromJsonSchema(
  '{"type":"object","properties":{"number":{"type":"string","pattern":"^INV-[0-9]+$"},"total":{"type":"number"}}}',
  'bill',
)
const field = (value: Field['value']): Field => ({
  value,
  text: String(value),
  confidence: 0.9,
  source: null,
})
const read = (number: string) => ({
  data: { number, total: 3 },
  fields: { '/number': field(number), '/total': field(3) },
  violations: [],
})

test('what fits stays as it is', () => {
  const candidate = read('INV-12')
  expect(dropInvalid(candidate, type)).toBe(candidate)
})

test('a misread value is taken out and told, the others stay', () => {
  const { data, fields, violations } = dropInvalid(read('lNV-12'), type)
  expect(data).toEqual({ number: null, total: 3 })
  expect(fields['/number']).toMatchObject({ value: null, text: null, confidence: 0 })
  expect(fields['/total']).toEqual(field(3))
  expect(violations).toEqual([
    { code: 'INVALID_VALUE', field: '/number', message: expect.stringContaining('"lNV-12"') },
  ])
})
