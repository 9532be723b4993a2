import { expect, test } from 'vitest'
import type { JsonPointer } from '../core/extraction.ts'
import { addsUp } from './arithmetic.ts'
import type { Finding } from './rule.ts'

/** An amount with its confidence. */
type Candidate = readonly [value: number, confidence: number]
type Amounts = Readonly<Record<JsonPointer, readonly Candidate[]>>

const finding = ([value, confidence]: Candidate): Finding => ({
  value,
  text: value.toFixed(2),
  confidence,
  page: 1,
  words: [],
})

const repair = addsUp({ total: '/total', parts: ['/subtotal', '/tax', '/tip'], rounding: 5 })

function repaired(amounts: Amounts) {
  const entries = Object.entries(amounts) as [JsonPointer, readonly Candidate[]][]
  const { findings, violations } = repair(new Map(entries.map(([p, found]) => [p, found.map(finding)])))
  return { findings, violations, best: Object.fromEntries([...findings].map(([p, [f]]) => [p, f?.value])) }
}

test.each<[string, Amounts, Record<string, number>]>([
  [
    'the total that the parts make, though it looked less likely',
    { '/total': [[20, 0.7], [9, 0.3]], '/subtotal': [[8.49, 0.9]], '/tax': [[0.51, 0.9]] },
    { '/total': 9, '/subtotal': 8.49, '/tax': 0.51 },
  ],
  [
    'the tax that fits',
    { '/total': [[9, 0.9]], '/subtotal': [[8.49, 0.9]], '/tax': [[6, 0.9], [0.51, 0.2]] },
    { '/total': 9, '/subtotal': 8.49, '/tax': 0.51 },
  ],
  [
    'a total within the rounding of the till',
    { '/total': [[9.02, 0.5], [9, 0.5]], '/subtotal': [[8.51, 0.9]], '/tax': [[0.51, 0.9]] },
    { '/total': 9.02, '/subtotal': 8.51, '/tax': 0.51 },
  ],
  [
    'a subtotal that already contains the tax',
    { '/total': [[5, 0.6], [9, 0.4]], '/subtotal': [[9, 0.9]], '/tax': [[0.51, 0.9]] },
    { '/total': 9, '/subtotal': 9, '/tax': 0.51 },
  ],
  [
    'the likelier of two readings that both add up',
    { '/total': [[9, 0.5], [20, 0.4]], '/subtotal': [[9, 0.5], [20, 0.8]] },
    { '/total': 20, '/subtotal': 20 },
  ],
])('prefers %s', (_, amounts, best) => {
  const result = repaired(amounts)
  expect(result.best).toEqual(best)
  expect(result.violations).toEqual([])
}) // prettier-ignore

test('amounts that confirm each other are surer, and the others stay as candidates', () => {
  const { findings } = repaired({ '/total': [[20, 0.7], [9, 0.3]], '/subtotal': [[9, 0.9]] }) // prettier-ignore
  expect(findings.get('/total')!.map((f) => [f.value, f.confidence])).toEqual([
    [9, 0.65],
    [20, 0.7],
  ])
})

test.each<[JsonPointer, number, Amounts]>([
  ['/total', 9, { '/total': [[9.5, 0.3]], '/subtotal': [[8.49, 0.9]], '/tax': [[0.51, 0.9]] }],
  ['/subtotal', 8.49, { '/total': [[9, 0.9]], '/subtotal': [[3.49, 0.3]], '/tax': [[0.51, 0.9]] }],
  ['/tax', 0.51, { '/total': [[9, 0.9]], '/subtotal': [[8.49, 0.9]], '/tax': [[0.61, 0.3]] }],
])('mends one misread digit where it is the least certain amount: %s', (field, value, amounts) => {
  const { findings, violations } = repaired(amounts)
  const [mended, printed] = findings.get(field)!
  expect(mended).toMatchObject({ value, text: value.toFixed(2), confidence: expect.closeTo(0.24, 9) })
  expect(printed).toEqual(finding(amounts[field]![0]!))
  const message = `Read as ${printed!.text}; the other amounts make it ${value.toFixed(2)}.`
  expect(violations).toEqual([{ code: 'AMOUNT_REPAIRED', field, message }])
}) // prettier-ignore

test.each<[string, Amounts]>([
  ['two digits differ', { '/total': [[5, 0.9]], '/subtotal': [[3.22, 0.3]], '/tax': [[0.51, 0.9]] }],
  ['the wrong amount is not the least certain', { '/total': [[9, 0.9]], '/subtotal': [[3.49, 0.9]], '/tax': [[0.51, 0.3]] }],
  ['there is no total', { '/subtotal': [[8.49, 0.9]], '/tax': [[0.51, 0.9]] }],
  ['there is no subtotal', { '/total': [[9, 0.9], [0.51, 0.2]], '/tax': [[0.51, 0.9]] }],
  ['nothing was found', {}],
])('changes nothing when %s', (_, amounts) => {
  const { best, violations } = repaired(amounts)
  const before = Object.entries(amounts).map(([p, [first]]) => [p, first![0]])
  expect(best).toEqual(Object.fromEntries(before))
  expect(violations).toEqual([])
}) // prettier-ignore
