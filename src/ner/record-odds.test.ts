import { expect, test } from 'vitest'
import type { Entity } from '../core/engines.ts'
import { pageOf } from '../core/page.case.ts'
import { openTypeModel } from '../onnx/type-model.ts'
import { recordEvidence, recordOdds } from './record-odds.ts'

const labels = (await openTypeModel('receipt/1')).merging!.records

const columns = ['ITEM_DESCRIPTION', 'ITEM_QUANTITY', 'ITEM_UNIT_PRICE', 'ITEM_AMOUNT']

/** Lines of words as records: "Tea 2.50", or "Tea 2 2.50 5.00"; and lines "=TOTAL 9.00" as sums. */
function read(text: string) {
  const rows = pageOf(text).lines.map(({ words }) => words)
  const entity = (label: string, words: Entity['words'], group: number | null): Entity => ({ label, page: 1, confidence: 0.9, words, group }) // prettier-ignore
  const sums = rows.filter(([first]) => first!.text.startsWith('='))
  const items = rows.filter((words) => !sums.includes(words))
  return {
    sums: sums.map(([label, amount]) => entity(label!.text.slice(1), [amount!], null)),
    records: items.flatMap((words, group) =>
      words.map((word, i) =>
        entity(words.length > 2 ? columns[i]! : i === 0 ? columns[0]! : columns[3]!, [word], group),
      ),
    ),
  }
}

function evidence(text: string) {
  const { records, sums } = read(text)
  return recordEvidence(records, sums, records, labels)
}

test.each([
  ['the total', 'Tea 2.50\nRice 4.00\n=TOTAL 6.50', 1],
  ['the total without tax', 'Tea 2.50\nRice 4.00\n=TAX 0.39\n=TOTAL 6.89', 1],
  ['the subtotal before a discount', 'Tea 2.50\nRice 4.00\n=DISCOUNT -0.50\n=SUBTOTAL 6.00', 1],
  ['the total without service and rounding', 'Tea 2.50\nRice 4.00\n=SERVICE_CHARGE 0.65\n=ROUNDING -0.15\n=TOTAL 7.00', 1],
  ['a refund', 'Crate -3.10\nBottle -0.75\n=TOTAL -3.85', 1],
  ['nothing', 'Tea 2.50\nRice 4.00\n=TOTAL 7.50', 0],
  ['the total, being perhaps the total', 'Tea 2.50\n=TOTAL 2.50', 0.5],
])('amounts make %s', (_, text, addsUp) => expect(evidence(text).addsUp).toBe(addsUp)) // prettier-ignore

test('counts products that are wrong among those that can be told', () => {
  expect(evidence('Tea 2 2.50 5.00\nRice 3 4.00 9.00\nEgg 1.00').wrongProducts).toBe(0.5)
  expect(evidence('Egg 1.00').wrongProducts).toBe(0)
  expect(evidence('Diesel 21.40 2.185 46.76').wrongProducts).toBe(0)
  expect(evidence('Crate -2 1.55 -3.10').wrongProducts).toBe(0)
})

test('knows words that are another amount, and amounts that others see', () => {
  const { records } = read('Tea 2.50\nRice 4.00')
  const first = records.filter((e) => e.group === 0)
  const sum: Entity = { ...records[1]!, label: 'TOTAL', group: null }
  expect(recordEvidence(first, [sum], records, labels)).toEqual({
    complete: 1,
    wrongProducts: 0,
    addsUp: 0.5,
    taken: 1,
    covered: 0.5,
  })
})

test('nothing is known of no records', () => {
  expect(recordEvidence([], [], [], labels)).toEqual({
    complete: 0,
    wrongProducts: 0,
    addsUp: 0,
    taken: 0,
    covered: 0,
  })
})

test('each part of the evidence counts its way', () => {
  const some = { complete: 0.5, wrongProducts: 0.5, addsUp: 0.5, taken: 0.5, covered: 0.5 }
  const odds = recordOdds(some)
  for (const key of ['complete', 'addsUp', 'covered'] as const)
    expect(recordOdds({ ...some, [key]: 1 })).toBeGreaterThan(odds)
  for (const key of ['wrongProducts', 'taken'] as const)
    expect(recordOdds({ ...some, [key]: 1 })).toBeLessThan(odds)
})
