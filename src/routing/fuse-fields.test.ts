import { expect, test } from 'vitest'
import { usualBelief } from '../amounts/belief.ts'
import type { JsonPointer, Scalar } from '../core/extraction.ts'
import { fieldSpec } from '../core/field-spec.ts'
import type { Sum } from '../core/sum.ts'
import { fuseFields, type Fusing, type Readings, type ScoredReading } from './fuse-fields.ts'

const sum: Sum = {
  total: { field: '/total', absent: 0.02 },
  first: { field: '/subtotal', absent: 0.3 },
  parts: [
    { field: '/tax', sign: 1, counted: 0.6, absent: 0.4 },
    { field: '/tip', sign: 1, counted: 0.7, absent: 0.9 },
  ],
  lines: { records: '/items', amount: 'amount', quantity: 'quantity', unitPrice: 'unitPrice' },
  rounding: 0,
}

const fusing: Fusing = {
  specs: new Map([['/date', fieldSpec({ comparator: 'date' })]]),
  sums: [sum],
  observations: [],
  belief: usualBelief,
}

const by = (path: 'direct' | 'modular', value: Scalar, probability: number): ScoredReading => ({
  path,
  field: { value, text: value === null ? null : String(value), confidence: 0.5, source: null },
  probability,
  grounded: null,
})

const readings = (fields: Readonly<Record<JsonPointer, readonly ScoredReading[]>>): Readings =>
  new Map(Object.entries(fields)) as Readings

const first = (fields: Readonly<Record<JsonPointer, readonly ScoredReading[]>>, more: Partial<Fusing> = {}) =>
  Object.fromEntries(
    [...fuseFields(readings(fields), { ...fusing, ...more })].map(([p, [one]]) => [p, one!.field.value]),
  )

test('the likelier reading comes first, and those of one value count once', () => {
  const fused = fuseFields(
    readings({
      '/name': [by('direct', 'ROTI', 0.3), by('modular', 'TEA', 0.5)],
      '/date': [by('direct', '2018-03-02', 0.4), by('modular', '2.3.2018', 0.9)],
    }),
    fusing,
  )
  expect(fused.get('/name')!.map(({ path, probability }) => [path, probability])).toEqual([
    ['modular', 0.5],
    ['direct', 0.3],
  ])
  expect(fused.get('/date')!.map(({ path, probability }) => [path, probability])).toEqual([
    ['modular', 0.9],
    ['direct', 0.9],
  ])
})

test('values that exclude each other cannot both be likely', () => {
  const fused = fuseFields(readings({ '/name': [by('direct', 'A', 0.9), by('modular', 'B', 0.6)] }), fusing)
  const [likelier, other] = fused.get('/name')!
  expect(likelier!.probability).toBeCloseTo(0.6, 9)
  expect(other!.probability).toBeCloseTo(0.4, 9)
})

test.each<[string, Readonly<Record<JsonPointer, readonly ScoredReading[]>>, Record<string, Scalar>]>([
  ['a null of both paths stays null', { '/tip': [by('direct', null, 0.7), by('modular', null, 0.6)], '/total': [by('direct', 9, 0.9)] }, { '/tip': null, '/total': 9 }],
  ['a null that is sure beats a tip that would be the total', { '/tip': [by('direct', 12, 0.4), by('modular', null, 0.5)], '/total': [by('modular', 12, 0.9)] }, { '/tip': null, '/total': 12 }],
  ['a sum may keep a value that one path alone has', { '/subtotal': [by('direct', 10, 0.8)], '/tip': [by('direct', 2, 0.4), by('modular', null, 0.5)], '/total': [by('modular', 12, 0.9)] }, { '/subtotal': 10, '/tip': 2, '/total': 12 }],
  ['an unlikely total does not win by repeating the subtotal', { '/subtotal': [by('direct', 10, 0.8), by('modular', 10, 0.8)], '/total': [by('direct', 10, 0.04), by('modular', 10.6, 0.93)] }, { '/subtotal': 10, '/total': 10.6 }],
  ['the lines tell which total is right', { '/items/0/amount': [by('direct', 4, 0.9)], '/items/1/amount': [by('direct', 5, 0.9)], '/total': [by('direct', 9, 0.4), by('modular', 19, 0.5)] }, { '/items/0/amount': 4, '/items/1/amount': 5, '/total': 9 }],
])('%s', (_, fields, expected) => {
  expect(first(fields)).toEqual(expected)
}) // prettier-ignore

test('what was paid tells which total is right', () => {
  const total = { '/total': [by('direct', 14.05, 0.4), by('modular', 20, 0.5)] } as const
  const observations = [
    { tendered: { value: 20, confidence: 0.9 }, change: { value: 5.95, confidence: 0.9 } },
  ]
  expect(first(total)).toEqual({ '/total': 20 })
  expect(first(total, { observations })).toEqual({ '/total': 14.05 })
})

test('that nothing is printed, though no path says so, shows only where it is taken', () => {
  const tip = (probability: number) =>
    fuseFields(
      readings({ '/tip': [by('direct', 12, probability)], '/total': [by('direct', 12, 0.9)] }),
      fusing,
    ).get('/tip')!
  expect(tip(0.3).map(({ field }) => field.value)).toEqual([null, 12])
  expect(
    fuseFields(readings({ '/tip': [by('direct', 2, 0.9)] }), fusing)
      .get('/tip')!
      .map(({ field }) => field.value),
  ).toEqual([2])
})
