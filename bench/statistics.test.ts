import { expect, test } from 'vitest'
import { mean, median } from './statistics.ts'

test('the median is the middle value, or half way between the two in the middle', () => {
  expect(median([9, 1, 2])).toBe(2)
  expect(median([9, 1, 2, 4])).toBe(3)
  expect(median([5])).toBe(5)
})

test('the mean is the sum over the count', () => {
  expect(mean([1, 2, 6])).toBe(3)
})
