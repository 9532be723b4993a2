import { expect, test } from 'vitest'
import type { Field, JsonPointer } from '../core/extraction.ts'
import { pageOf } from '../core/page.case.ts'
import { anchor } from './anchor.ts'
import { addsUp } from './arithmetic.ts'
import { entity } from './entity.ts'
import { date, money } from './parsers.ts'
import { records } from './records.ts'
import { entityOf } from './rules.case.ts'
import { template } from './template.ts'

const page = pageOf('KEDAI ABC SDN BHD\n02/03/2018\nTea 3.00\nMug 9.00\nSUBTOTAL 12.00\nTOTAL 12.00', {
  page: 2,
})
const reading = {
  pages: [page],
  entities: [
    entityOf('NAME', 'KEDAI ABC', page),
    entityOf('DATE', '02/03/2018', page),
    entityOf('ITEM', 'Tea', page, { group: 0 }),
    entityOf('PRICE', '3.00', page, { group: 0 }),
    entityOf('ITEM', 'Mug', page, { group: 1 }),
    entityOf('PRICE', '9.00', page, { group: 1 }),
  ],
}

test('builds nested data with a field for every value', () => {
  const { data, fields, violations } = template({
    '/seller/name': entity('NAME'),
    '/seller/vat': entity('VAT'),
    '/date': entity('DATE', { as: date }),
    '/items': records({ name: { label: 'ITEM' }, 'price/unit': { label: 'PRICE', as: money } }),
    '/fees': records({ name: { label: 'FEE' } }),
  }).fill(reading)
  expect(data).toEqual({
    seller: { name: 'KEDAI ABC', vat: null },
    date: '2018-03-02',
    items: [
      { name: 'Tea', 'price/unit': 3 },
      { name: 'Mug', 'price/unit': 9 },
    ],
    fees: [],
  })
  expect(Object.keys(fields).sort()).toEqual([
    '/date',
    '/items/0/name',
    '/items/0/price~1unit',
    '/items/1/name',
    '/items/1/price~1unit',
    '/seller/name',
    '/seller/vat',
  ])
  expect(fields['/seller/vat']).toEqual({ value: null, text: null, confidence: 0, source: null })
  const [kedai, abc] = page.rows[0]!.words
  expect(fields['/seller/name']).toEqual({
    value: 'KEDAI ABC',
    text: 'KEDAI ABC',
    confidence: 0.8,
    source: {
      page: 2,
      box: [kedai!.box[0], kedai!.box[1], abc!.box[2], abc!.box[3]],
      text: 'KEDAI ABC',
    },
  })
  expect(violations).toEqual([])
})

test('runs repairs over all candidates before it takes the best', () => {
  const rules = { '/total': anchor('Total', { as: money }), '/subtotal': anchor('Subtotal', { as: money }) }
  const plain = template(rules).fill(reading).fields['/total']!
  const repaired = template(rules, addsUp({ total: '/total', parts: ['/subtotal'], rounding: 0 })).fill(
    reading,
  )
  expect(repaired.fields['/total']!.confidence).toBeGreaterThan(plain.confidence)
  const doubt = { code: 'ODD', field: null, message: 'Odd.' }
  const odd = template(rules, (findings) => ({ findings, violations: [doubt] }))
  expect(odd.fill(reading).violations).toEqual([doubt])
})

test('finds nothing on no pages', () => {
  const nothing = template({ '/total': anchor('Total') }).fill({ pages: [], entities: [] })
  expect(nothing.data).toEqual({ total: null })
})

test.each(['/__proto__/x', '/a/constructor', '/prototype'])('refuses a rule for %s', (pointer) => {
  const rules = Object.fromEntries([[pointer, anchor('Total')]])
  expect(() => template(rules)).toThrow(expect.objectContaining({ code: 'E_UNSAFE_KEY' }))
})

const read = (value: number | null, confidence: number): Field => ({
  value,
  text: value === null ? null : value.toFixed(2),
  confidence,
  source: null,
})

test('of several readings it prefers those that add up, and changes none', () => {
  const { prefer } = template(
    { '/total': entity('TOTAL') },
    addsUp({ total: '/total', parts: ['/net', '/tax'], rounding: 0 }),
  )
  const candidates = new Map<JsonPointer, readonly Field[]>([
    ['/net', [read(9, 0.8)]],
    ['/tax', [read(null, 0), read(1, 0.6)]],
    ['/total', [read(19, 0.8), read(10, 0.7)]],
    ['/note', [read(3, 0.4), read(4, 0.3)]],
  ])
  const preferred = prefer!(candidates)
  expect(preferred.get('/total')).toEqual([read(10, 0.7), read(19, 0.8)])
  expect(preferred.get('/tax')![0]).toEqual(read(1, 0.6))
  expect(preferred.get('/note')).toEqual(candidates.get('/note'))
})
