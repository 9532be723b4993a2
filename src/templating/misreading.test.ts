import { expect, test } from 'vitest'
import { misreadings } from './misreading.ts'

const of = (value: number, text: string, confusions = {}) =>
  misreadings({ value, text, confidence: 1, page: 1, words: [] }, confusions)

test.each<[string, number, string, number, string]>([
  ['an amount', 3.4, '3.40', 8.4, '8.40'],
  ['an amount with its sign', 34.5, 'RM34,50', 84.5, 'RM84,50'],
  ['a negative amount', -3.4, '(3.40)', -8.4, '(8.40)'],
  ['thousands', 1234.5, '1.234,50', 1734.5, '1.734,50'],
  ['a quantity', 7.255, '7.255', 1.255, '1.255'],
  ['a whole number', 12, '12', 18, '18'],
])('%s may have been printed otherwise', (_, value, text, other, otherText) => {
  const found = of(value, text)
  expect(found).toContainEqual({ value: other, text: otherText, weight: expect.closeTo(1 / 90, 9) })
  expect(new Set(found.map((m) => m.text)).size).toBe(found.length)
})

test('a number of several digits never begins with a zero', () => {
  const values = of(12.5, '12.50').map((m) => m.value)
  expect(values).not.toContain(2.5)
  expect(Math.min(...values)).toBe(10.5)
})

test.each<[string, number, string]>([
  ['a single digit', 7, '7'],
  ['nothing', 0, '0.00'],
  ['text whose digits are not the value', 12, 'two of 6'],
])('of %s nothing is known', (_, value, text) => expect(of(value, text)).toEqual([]))

test('confusions weigh what they were counted, and unseen ones little', () => {
  const weights = Object.fromEntries(of(8.1, '8.1', { '0→8': 11, '3→8': 3 }).map((m) => [m.text, m.weight]))
  expect(weights['0.1']! / weights['3.1']!).toBeCloseTo(11.1 / 3.1, 9)
  expect(weights['3.1']! / weights['5.1']!).toBeCloseTo(31, 9)
})
