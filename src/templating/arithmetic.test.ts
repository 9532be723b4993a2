import { expect, test } from 'vitest'
import type { DigitConfusions } from '../core/engines.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { addsUp } from './arithmetic.ts'
import type { Finding } from './rule.ts'
import { contextOf } from './template.ts'

/** An amount with its confidence. */
type Candidate = readonly [value: number, confidence: number]
type Amounts = Readonly<Record<JsonPointer, readonly Candidate[]>>

const finding = ([value, confidence]: Candidate, text = value.toFixed(2)): Finding => ({
  value,
  text,
  confidence,
  page: 1,
  words: [],
})

const printed = (pointer: JsonPointer, value: number): string =>
  pointer.endsWith('/quantity') ? String(value) : value.toFixed(2)

const lines = { records: '/items', amount: 'amount', quantity: 'quantity', unitPrice: 'unitPrice' } as const
const repair = addsUp({ total: '/total', first: '/subtotal', parts: ['/tax', '/tip'], lines, rounding: 5 })

function repaired(amounts: Amounts, digitConfusions: DigitConfusions = {}) {
  const entries = Object.entries(amounts) as [JsonPointer, readonly Candidate[]][]
  const found = new Map(
    entries.map(([p, candidates]) => [p, candidates.map((c) => finding(c, printed(p, c[0])))]),
  )
  const { findings, violations } = repair(found, contextOf({ pages: [], entities: [], digitConfusions }))
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

test('a choice changes no confidence, and the others stay as candidates', () => {
  const { findings } = repaired({ '/total': [[20, 0.7], [9, 0.3]], '/subtotal': [[9, 0.9]] }) // prettier-ignore
  expect(findings.get('/total')!.map((f) => [f.value, f.confidence])).toEqual([
    [9, 0.3],
    [20, 0.7],
  ])
})

test.each<[JsonPointer, number, Amounts]>([
  ['/total', 9, { '/total': [[9.5, 0.3]], '/subtotal': [[8.49, 0.98]], '/tax': [[0.51, 0.98]] }],
  ['/subtotal', 8.49, { '/total': [[9, 0.98]], '/subtotal': [[3.49, 0.3]], '/tax': [[0.51, 0.98]] }],
  ['/tax', 0.51, { '/total': [[9, 0.98]], '/subtotal': [[8.49, 0.98]], '/tax': [[0.61, 0.3]] }],
])('mends one misread digit where it is the least certain amount: %s', (field, value, amounts) => {
  const { findings, violations } = repaired(amounts)
  const [mended, read] = findings.get(field)!
  expect(mended).toMatchObject({ value, text: value.toFixed(2), confidence: expect.closeTo(0.24, 9) })
  expect(read).toEqual(finding(amounts[field]![0]!))
  const message = `Read as ${read!.text}; the other amounts make it ${value.toFixed(2)}.`
  expect(violations).toEqual([{ code: 'AMOUNT_REPAIRED', field, message }])
}) // prettier-ignore

/** As printed on item lines, each read with this confidence. */
const items = (...rows: readonly (readonly [number, number, number])[]): Amounts =>
  Object.fromEntries(
    rows.flatMap(([quantity, unitPrice, amount], i) => [
      [`/items/${i}/quantity`, [[quantity, 0.9]]],
      [`/items/${i}/unitPrice`, [[unitPrice, 0.9]]],
      [`/items/${i}/amount`, [[amount, 0.9]]],
    ]),
  )
const priced = (...amounts: readonly number[]): Amounts =>
  Object.fromEntries(amounts.map((a, i) => [`/items/${i}/amount`, [[a, 0.9]]]))
const sure = (amounts: Readonly<Record<JsonPointer, number>>): Amounts =>
  Object.fromEntries(Object.entries(amounts).map(([p, a]) => [p, [[a, 0.9]]]))

/** An engine that reads a printed 1 as 7, and hardly errs otherwise. */
const seven: DigitConfusions = { '1→7': 50, '4→9': 3 }

test.each<[string, Amounts, DigitConfusions, JsonPointer, number]>([
  ['what the engine confuses, though another amount was less sure', { ...sure({ '/total': 17.5, '/tax': 0.5 }), '/subtotal': [[11, 0.8]] }, seven, '/total', 11.5],
  ['the other amount where the engine confuses other digits', { ...sure({ '/total': 17.5, '/tax': 0.5 }), '/subtotal': [[11, 0.8]] }, { '7→1': 50 }, '/subtotal', 17],
  ['the amount of a line by its product', items([2, 5.5, 17]), seven, '/items/0/amount', 11],
  ['the unit price of a line by its product', items([3, 7.2, 3.6]), seven, '/items/0/unitPrice', 1.2],
  ['a quantity of two digits', items([17, 2, 22]), seven, '/items/0/quantity', 11],
  ['a weighed quantity', items([7.255, 11.55, 14.5]), seven, '/items/0/quantity', 1.255],
  ['the amount that both the product and the sum of the lines want', { ...items([2, 5.5, 17], [3, 1, 3]), ...sure({ '/total': 14 }) }, {}, '/items/0/amount', 11],
  ['the total that lines of proven amounts make', { ...items([2, 5.5, 11], [3, 1, 3]), ...sure({ '/total': 74 }) }, seven, '/total', 14],
  ['the subtotal that the lines and the total confirm', { ...items([2, 5.5, 11]), ...sure({ '/subtotal': 17, '/total': 11 }) }, seven, '/subtotal', 11],
  ['the one line whose amount nothing else confirms', { ...items([2, 5.5, 11]), ...sure({ '/items/1/amount': 7.5, '/subtotal': 12.5, '/tax': 0.75, '/total': 13.25 }) }, seven, '/items/1/amount', 1.5],
])('mends %s', (_, amounts, confusions, field, value) => {
  const { best, findings, violations } = repaired(amounts, confusions)
  const before = Object.entries(amounts).map(([p, [first]]) => [p, first![0]])
  expect(best).toEqual({ ...Object.fromEntries(before), [field]: value })
  expect(violations).toMatchObject([{ code: 'AMOUNT_REPAIRED', field }])
  expect(findings.get(field)![0]!.confidence).toBeLessThan(amounts[field]![0]![1])
}) // prettier-ignore

test('mends the lines one by one', () => {
  const { best, violations } = repaired({ ...items([2, 5.5, 17], [3, 7.2, 3.6]), ...sure({ '/total': 14.6 }) }, seven) // prettier-ignore
  expect(best).toMatchObject({ '/items/0/amount': 11, '/items/1/unitPrice': 1.2, '/total': 14.6 })
  expect(violations.map((v) => v.field)).toEqual(['/items/0/amount', '/items/1/unitPrice'])
})

test('takes the total that the lines confirm', () => {
  const { best, findings } = repaired({ ...priced(8.1, 6), '/total': [[20, 0.5], [14.1, 0.4]] }) // prettier-ignore
  expect(best).toMatchObject({ '/total': 14.1 })
  expect(findings.get('/total')!.map((f) => f.confidence)).toEqual([0.4, 0.5])
})

test('takes the subtotal that the lines confirm', () => {
  const { best } = repaired({ ...priced(8.1, 6), '/total': [[15, 0.9]], '/subtotal': [[5.9, 0.5], [14.1, 0.4]] }) // prettier-ignore
  expect(best).toMatchObject({ '/total': 15, '/subtotal': 14.1 })
})

test.each<[string, Amounts, DigitConfusions?]>([
  ['two digits differ', { '/total': [[5, 0.9]], '/subtotal': [[3.22, 0.3]], '/tax': [[0.51, 0.9]] }],
  ['two explanations are as likely', sure({ '/total': 17.5, '/subtotal': 11, '/tax': 0.5 }), { '1→7': 9, '7→1': 9 }],
  ['the likelier of two explanations is not much likelier', sure({ '/total': 17.5, '/subtotal': 11, '/tax': 0.5 }), { '1→7': 18, '7→1': 9 }],
  ['the engine never confuses the digits', sure({ '/total': 17.5, '/subtotal': 11, '/tax': 0.5 }), { '0→8': 50 }],
  ['a product may be misread in the price or the amount', items([2, 5.5, 17]), { '1→7': 9, '8→5': 9 }],
  ['a quantity is a single digit', items([7, 2.5, 2.5]), seven],
  ['a line may have been missed', { ...priced(8, 6), ...sure({ '/total': 74 }) }, seven],
  ['tax may not have been found', sure({ '/subtotal': 10, '/total': 70 }), seven],
  ['the lines confirm a total that is much less likely than another', { ...priced(20), '/total': [[21.2, 0.9], [20, 0.05]] }],
  ['cash and change stand beside the total', { ...priced(8.1, 6), '/total': [[14.1, 0.7], [20, 0.2], [5.9, 0.1]] }],
  ['cash and change stand beside a total that lines do not make', { ...priced(8.1), '/total': [[14.1, 0.7], [20, 0.2], [5.9, 0.1]] }],
  ['there are no lines', sure({ '/total': 9 })],
  ['there is no total', { '/subtotal': [[8.49, 0.9]], '/tax': [[0.51, 0.9]] }],
  ['there is no subtotal', { '/total': [[9, 0.9], [0.51, 0.2]], '/tax': [[0.51, 0.9]] }],
  ['nothing was found', {}],
])('changes nothing when %s', (_, amounts, confusions) => {
  const { best, violations } = repaired(amounts, confusions)
  const before = Object.entries(amounts).map(([p, [first]]) => [p, first![0]])
  expect(best).toEqual(Object.fromEntries(before))
  expect(violations).toEqual([])
}) // prettier-ignore

test('hundreds of lines take no time', () => {
  const rows = Array.from({ length: 500 }, (_, i) => [2, 5.5, i % 25 === 0 ? 17 : 11] as const)
  const candidates = [[9999, 0.5], [8888, 0.4], [7777, 0.3], [6666, 0.2]] as const // prettier-ignore
  const fields = { '/total': candidates, '/subtotal': candidates, '/tax': candidates, '/tip': candidates }
  const started = performance.now()
  const { violations } = repaired({ ...items(...rows), ...fields }, seven)
  expect(violations).toHaveLength(20)
  expect(performance.now() - started).toBeLessThan(20_000)
})

test.each<[string, Amounts, readonly string[]]>([
  [
    'lines that make the total',
    { '/items/0/amount': [[4, 1]], '/items/1/amount': [[5, 1]], '/total': [[9, 1]] },
    ['/items/0/amount', '/items/1/amount'],
  ],
  [
    'lines that make the total with the tax',
    { '/items/0/amount': [[4, 1]], '/total': [[5, 1]], '/tax': [[1, 1]] },
    ['/items/0/amount'],
  ],
  ['nothing without lines', { '/total': [[9, 1]], '/subtotal': [[8.49, 1]], '/tax': [[0.51, 1]] }, []],
  ['nothing that is only nearly so', { '/items/0/amount': [[4, 1]], '/total': [[4.02, 1]] }, []],
])('confirms %s', (_, amounts, confirmed) => {
  const entries = Object.entries(amounts) as [JsonPointer, readonly Candidate[]][]
  const found = new Map(entries.map(([p, [first]]) => [p, [finding(first!)]]))
  expect(repair.confirms!(found)).toEqual(confirmed)
})
