import { expect, test } from 'vitest'
import { mean, median, quantile } from './statistics.ts'

test('the median is the middle value, or half way between the two in the middle', () => {
  expect(median([9, 1, 2])).toBe(2)
  expect(median([9, 1, 2, 4])).toBe(3)
  expect(median([5])).toBe(5)
})

test('the mean is the sum over the count', () => {
  expect(mean([1, 2, 6])).toBe(3)
})

test('a quantile is the smallest value that so large a share of all does not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
  expect([0, 0.5, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([1, 50, 99, 100])
  expect(quantile([3], 0.5)).toBe(3)
})
