import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { anchor } from './anchor.ts'
import { entity } from './entity.ts'
import { firstOf } from './first-of.ts'
import { date, money } from './parsers.ts'
import { records } from './records.ts'
import { entityOf } from './rules.case.ts'
import { template, type Repair } from './template.ts'

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
  const [kedai, abc] = page.lines[0]!.words
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
  const swap: Repair = (findings) => ({
    findings: new Map([...findings.keys()].map((p, i, all) => [p, findings.get(all.at(i - 1)!)!])),
    violations: [],
  })
  const plain = template(rules).fill(reading).data as Record<string, number>
  const { total, subtotal } = plain
  expect(template(rules, swap).fill(reading).data).toEqual({ total: subtotal, subtotal: total })
  expect(template(rules, swap, swap).fill(reading).data).toEqual(plain)
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

test('tells which labels of a tagger it looks at, also through other rules', () => {
  const labelsOf = (...args: Parameters<typeof template>) => template(...args).labels
  expect(labelsOf({ '/total': anchor('Total', { as: money }) })).toEqual([])
  expect(labelsOf({ '/a': entity('TOTAL'), '/b': firstOf(anchor('Date'), entity('DATE')), '/c': entity('DATE') }))
    .toEqual(['TOTAL', 'DATE']) // prettier-ignore
  expect(labelsOf({ '/lines': records({ what: { label: 'ITEM' }, price: { label: 'PRICE' } }) })).toEqual([
    'ITEM',
    'PRICE',
  ])
})
