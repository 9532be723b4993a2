import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineDocumentType } from '../core/document-type.ts'
import { field, isCostly, patternOf, specOf } from '../core/field-spec.ts'
import { template } from '../templating/template.ts'
import { fieldSpecsOf } from './field-specs.ts'
import { loadType } from './load.ts'

const money = z.number().meta(field({ comparator: 'amount', risk: 'high' }))

const bill = defineDocumentType({
  name: 'bill',
  schema: z.object({
    shop: z.object({ name: z.string().nullable() }),
    day: z.iso.date().nullable(),
    total: money.nullable().describe('What is due'),
    lines: z.array(z.object({ what: z.string(), amount: money })).nullable(),
    notes: z.array(z.string()),
  }),
  required: [],
  template: template({}),
  rules: [],
})

test('a field demands what its schema says, and what follows from its kind of value', () => {
  const specs = fieldSpecsOf(bill)
  expect([...specs.keys()].sort()).toEqual([
    '/day',
    '/lines/*/amount',
    '/lines/*/what',
    '/notes/*',
    '/shop/name',
    '/total',
  ])
  expect(specs.get('/total')).toEqual({
    comparator: 'amount',
    tolerance: 0.005,
    risk: 'high',
    targetError: 0.05,
  })
  expect(specs.get('/lines/*/amount')).toMatchObject({ comparator: 'amount', risk: 'high' })
  expect(specs.get('/day')).toMatchObject({ comparator: 'date', risk: 'medium' })
  expect(specs.get('/shop/name')).toMatchObject({ comparator: 'text', targetError: 0.1 })
})

test('all values of a column have one spec, and an unknown field is text', () => {
  const specs = fieldSpecsOf(bill)
  expect(patternOf('/lines/12/amount')).toBe('/lines/*/amount')
  expect(specOf(specs, '/lines/12/amount')).toBe(specs.get('/lines/*/amount'))
  expect(specOf(specs, '/vat')).toMatchObject({ comparator: 'text', risk: 'medium' })
})

test('the receipt says of every field how it is compared', async () => {
  const { type } = await loadType('receipt', '/')
  const specs = fieldSpecsOf(type)
  const comparators = Object.fromEntries([...specs].map(([pattern, { comparator }]) => [pattern, comparator]))
  expect(comparators).toMatchObject({
    '/date': 'date',
    '/time': 'time',
    '/total': 'amount',
    '/merchant/phone': 'phone',
    '/items/*/quantity': 'amount',
  })
  expect(specs.get('/total')!.risk).toBe('high')
})

test('a mistake costs something unless all fields concerned are of low risk', async () => {
  const specs = fieldSpecsOf((await loadType('receipt', '/')).type)
  const costly = (['/total', '/merchant', '/merchant/name', '/unknown'] as const).map((p) =>
    isCostly(specs, p),
  )
  const cheap = (['/items', '/items/3/amount', '/time'] as const).map((p) => isCostly(specs, p))
  expect([...new Set(costly), ...new Set(cheap)]).toEqual([true, false])
})
