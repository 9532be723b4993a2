import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonPointer } from '../core/extraction.ts'
import type { Sum } from '../core/sum.ts'
import { usualBelief } from './belief.ts'
import { jointPosterior, type AmountEvidence, type AmountReadings } from './joint.ts'
import type { PrintedPlace } from './printed-place.ts'

const sum: Sum = {
  total: { field: '/total', absent: 0.02 },
  first: { field: '/subtotal', absent: 0.3 },
  parts: [
    { field: '/discount', sign: -1, counted: 0.8, absent: 0.9 },
    { field: '/serviceCharge', sign: 1, counted: 0.95, absent: 0.9 },
    { field: '/tax', sign: 1, counted: 0.6, absent: 0.4 },
    { field: '/tip', sign: 1, counted: 0.7, absent: 0.9 },
  ],
  tables: [{ records: '/taxes', amount: 'amount', makes: '/tax' }],
  rounding: 5,
}

const place = (line: number): PrintedPlace => ({
  page: 1,
  box: [0.7, line / 100, 0.9, (line + 0.8) / 100],
})

/** Numbers with their probabilities and lines on the page; what is left is about half "not printed". */
function read(...candidates: readonly (readonly [number, number, number?])[]): AmountReadings {
  const told = candidates.reduce((total, [, probability]) => total + probability, 0)
  return {
    candidates: candidates.map(([value, probability, line]) => ({
      value,
      probability,
      places: line === undefined ? [] : [place(line)],
    })),
    absent: Math.max(0, 1 - told) / 2,
  }
}

const notThere = (absent: number): AmountReadings => ({ candidates: [], absent })

function taken(
  fields: Readonly<Record<JsonPointer, AmountReadings>>,
  more: Omit<AmountEvidence, 'fields'> = {},
): Record<string, number | null> {
  const evidence = { fields: new Map(Object.entries(fields)) as AmountEvidence['fields'], ...more }
  const { fields: posterior } = jointPosterior(sum, evidence, usualBelief)
  return Object.fromEntries(Object.keys(fields).map((p) => [p, posterior.get(p as JsonPointer)!.value]))
}

test.each<[string, Readonly<Record<JsonPointer, AmountReadings>>, Record<string, number | null>]>([
  [
    'the total that the parts make',
    { '/total': read([20, 0.6, 9], [9, 0.3, 7]), '/subtotal': read([8.49, 0.9, 5]), '/tax': read([0.51, 0.9, 6]) },
    { '/total': 9, '/subtotal': 8.49, '/tax': 0.51 },
  ],
  [
    'the total after a service charge, tax and a discount',
    { '/total': read([64.9, 0.5, 9], [60, 0.4, 7]), '/subtotal': read([60, 0.9, 5]), '/discount': read([6, 0.8, 6]), '/serviceCharge': read([6, 0.8, 8]), '/tax': read([4.9, 0.9, 7]) },
    { '/total': 64.9, '/subtotal': 60, '/discount': 6, '/serviceCharge': 6, '/tax': 4.9 },
  ],
  [
    'a surer total over an unlikely one that is the subtotal read twice',
    { '/total': read([10.6, 0.84, 9], [10, 0.15, 5]), '/subtotal': read([10, 0.9, 5]), '/tax': notThere(0.8) },
    { '/total': 10.6, '/subtotal': 10, '/tax': null },
  ],
  [
    'no tip where the only number for it is the total',
    { '/total': read([33.7, 0.9, 9]), '/subtotal': read([31.2, 0.9, 5]), '/tax': read([2.5, 0.9, 6]), '/tip': read([33.7, 0.3, 9]) },
    { '/total': 33.7, '/subtotal': 31.2, '/tax': 2.5, '/tip': null },
  ],
  [
    'a tip that the total needs, though it was hardly read',
    { '/total': read([38.7, 0.9, 9]), '/subtotal': read([31.2, 0.9, 5]), '/tax': read([2.5, 0.9, 6]), '/tip': read([5, 0.3, 8]) },
    { '/total': 38.7, '/subtotal': 31.2, '/tax': 2.5, '/tip': 5 },
  ],
  [
    'the negative amounts of a refund',
    { '/total': read([-3.85, 0.6, 9], [3.85, 0.3, 10]), '/subtotal': read([-3.24, 0.8, 5]), '/tax': read([-0.61, 0.8, 6]) },
    { '/total': -3.85, '/subtotal': -3.24, '/tax': -0.61 },
  ],
])('takes %s', (_, fields, expected) => {
  expect(taken(fields)).toEqual(expected)
}) // prettier-ignore

test('lines, payment and tables tell of the amounts that stand in fields', () => {
  const total = { '/total': read([20, 0.5, 9], [14.1, 0.4, 7]) } as const
  expect(taken(total)).toEqual({ '/total': 20 })
  expect(taken(total, { lines: { sum: 14.1, count: 2 } })).toEqual({ '/total': 14.1 })
  expect(taken(total, { paid: { amount: 14.1, probability: 0.8 } })).toEqual({ '/total': 14.1 })
  const tax = { '/tax': read([9, 0.5, 3], [2.5, 0.4, 4]) } as const
  expect(taken(tax, { tables: new Map([['/taxes', 2.5]]) })).toEqual({ '/tax': 2.5 })
})

test('amounts that add up are likelier for it, those that contradict each other less', () => {
  const fields = (total: number) =>
    new Map<JsonPointer, AmountReadings>([
      ['/total', read([total, 0.8, 9])],
      ['/subtotal', read([8.49, 0.8, 5])],
      ['/tax', read([0.51, 0.8, 6])],
    ])
  const totalOf = (total: number): number =>
    jointPosterior(sum, { fields: fields(total) }, usualBelief).fields.get('/total')!.probability
  expect(totalOf(9)).toBeGreaterThan(0.95)
  expect(totalOf(7)).toBeLessThan(0.7)
})

test('all candidates may be improbable', () => {
  const fields = new Map<JsonPointer, AmountReadings>([['/total', read([9, 0.05, 9], [8, 0.04, 7])]])
  const { probability } = jointPosterior(sum, { fields }, usualBelief).fields.get('/total')!
  expect(probability).toBeLessThan(0.6)
})

const cents = fc.integer({ min: -500, max: 5000 }).map((value) => value / 100)
const candidate = fc.tuple(
  cents,
  fc.double({ min: 0.01, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 9 }),
)
const distinct = fc.uniqueArray(candidate, { maxLength: 3, selector: ([value]) => value })
const pointers: readonly JsonPointer[] = [
  '/total',
  '/subtotal',
  '/discount',
  '/serviceCharge',
  '/tax',
  '/tip',
]
const documents = fc.record({
  readings: fc.array(distinct, { minLength: pointers.length, maxLength: pointers.length }),
  absents: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: pointers.length,
    maxLength: pointers.length,
  }),
  lines: fc.option(fc.record({ sum: cents, count: fc.integer({ min: 1, max: 5 }) }), { nil: undefined }),
})

const evidenceOf = ({
  readings,
  absents,
  lines,
}: typeof documents extends fc.Arbitrary<infer T> ? T : never) => ({
  fields: new Map(
    pointers.map((p, i) => {
      const absent = readings[i]!.length === 0 ? Math.max(0.05, absents[i]!) : absents[i]!
      return [p, { ...read(...readings[i]!), absent }] as const
    }),
  ),
  lines,
})

test('no choice of readings with a lower joint probability is ever preferred', () => {
  fc.assert(
    fc.property(documents, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (document, picks) => {
      const evidence = evidenceOf(document)
      const { fields, weightOf } = jointPosterior(sum, evidence, usualBelief)
      const taken = new Map(pointers.map((p) => [p, fields.get(p)!.value]))
      const other = new Map(
        pointers.map((p, i) => {
          const values = [...evidence.fields.get(p)!.candidates.map(({ value }) => value), null]
          return [p, values[picks[i]! % values.length]!] as const
        }),
      )
      expect(weightOf(taken)).toBeGreaterThanOrEqual(weightOf(other))
    }),
    { numRuns: 60 },
  )
})

test('what nobody read stays null, and probabilities of one field make no more than 1', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const evidence = evidenceOf(document)
      const { fields } = jointPosterior(sum, evidence, usualBelief)
      for (const [pointer, { candidates }] of evidence.fields) {
        const { value, each } = fields.get(pointer)!
        if (candidates.length === 0) expect(value).toBeNull()
        expect([...each.values()].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + 1e-9)
      }
    }),
    { numRuns: 60 },
  )
})
