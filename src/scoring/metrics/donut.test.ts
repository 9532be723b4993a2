import { expect, test } from 'vitest'
import { donutAccuracy, donutF1 } from './donut.ts'

/** The example in the docstrings of Donut's evaluator. */
const menu = {
  menu: [
    { name: ['cake'], count: ['2'] },
    { name: ['juice'], count: ['1'] },
  ],
}

// Its tree: menu 1, two <subtree> 2, two name and two count 4, leaves cake 4, 2 1, juice 5, 1 1 → 18.
const weight = 18

test('the truth itself scores 1, nothing scores 0', () => {
  expect(donutAccuracy(menu, menu)).toBe(1)
  expect(donutAccuracy({}, menu)).toBe(0)
  expect(donutAccuracy(null, menu)).toBe(0)
})

test.each([
  // cake → cakes: one letter.
  [
    {
      menu: [
        { name: 'cakes', count: '2' },
        { name: 'juice', count: '1' },
      ],
    },
    1,
  ],
  // The second record is missing: <subtree> 1, name 1, juice 5, count 1, 1 1.
  [{ menu: [{ name: 'cake', count: '2' }] }, 9],
  // One value is missing: its key 1 and its leaf 1.
  [
    {
      menu: [
        { name: 'cake', count: null },
        { name: 'juice', count: '1' },
      ],
    },
    2,
  ],
  // An invented key with a leaf of 4: 1 + 4.
  [{ ...menu, total: '9.00' }, 5],
  // A key renamed.
  [{ food: menu.menu }, 1],
])('each edit costs what the definition says: %j', (predicted, cost) => {
  expect(donutAccuracy(predicted, menu)).toBeCloseTo(1 - cost / weight, 12)
})

test('order of keys, padding, numbers and empty values do not matter; order of records does', () => {
  const same = {
    menu: [
      { count: 2, name: ' cake ', price: '' },
      { name: ['juice'], count: 1, more: {} },
    ],
    x: [],
  }
  expect(donutAccuracy(same, menu)).toBe(1)
  expect(donutAccuracy({ menu: menu.menu.toReversed() }, menu)).toBeLessThan(1)
})

test('a leaf in place of a record costs its length and one', () => {
  // root–a–x against root–a–<subtree>–b–y. x → <subtree> 2, insert b 1 and y 1 (4); or x → y 1, insert two nodes 2 (3).
  expect(donutAccuracy({ a: 'x' }, { a: { b: 'y' } })).toBeCloseTo(1 - 3 / 4, 12)
})

test('is never below 0, and defined for an empty truth', () => {
  expect(donutAccuracy({ a: 'a very long invention' }, { b: 'b' })).toBe(0)
  expect(donutAccuracy({}, { a: null })).toBe(1)
  expect(donutAccuracy({ a: '1' }, {})).toBe(0)
})

test('F1 counts leaves by path, without indices, each once', () => {
  const predicted = { menu: [{ name: 'juice', count: '1' }, { name: 'cake', count: '3' }, { name: 'cake' }] }
  // Right: juice, 1, cake. Wrong: 3, the second cake. Missed: 2. F1 = 3 / (3 + (2 + 1) / 2)
  expect(donutF1([{ predicted, truth: menu }])).toBeCloseTo(3 / 4.5, 12)
})

test('F1 is over the corpus; a failed document misses all its leaves', () => {
  const corpus = [
    { predicted: menu, truth: menu },
    { predicted: null, truth: menu },
  ]
  // TP 4, FN 4: 4 / (4 + 2)
  expect(donutF1(corpus)).toBeCloseTo(4 / 6, 12)
  expect(donutF1([{ predicted: {}, truth: {} }])).toBeNull()
})

test('a receipt with fifty lines', () => {
  const items = Array.from({ length: 50 }, (_, i) => ({
    description: `Article ${i}`,
    quantity: '1',
    amount: `${i}.00`,
  }))
  const truth = { items, total: '9.00' }
  const predicted = { items: items.slice(1), total: '9.00' }
  // Missing: <subtree> 1, three keys 3, 'Article 0' 9, '1' 1, '0.00' 4.
  const whole =
    1 +
    50 * 4 +
    items.reduce((sum, { description, amount }) => sum + description.length + 1 + amount.length, 0)
  expect(donutAccuracy(predicted, truth)).toBeCloseTo(1 - 18 / (whole + 5), 12)
})
