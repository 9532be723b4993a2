import { expect, test } from 'vitest'
import { numberPattern, parseNumber } from './number.ts'

test.each([
  ['1', 1],
  ['1.306', 1.306],
  ['0,500', 0.5],
  ['0.500', 0.5],
  ['1,234', 1234],
  ['1,00,000.00', 100000],
  ['1.234,50', 1234.5],
  ['1.234.567', 1234567],
  ["1'234.50", 1234.5],
  ['1 234,56', 1234.56],
  ['-3', -3],
  ['−0.5', -0.5],
  ['3.00-', -3],
])('%s is %d, found as a whole', (printed, value) => {
  expect(parseNumber(printed)).toBe(value)
  expect(numberPattern.exec(`x: ${printed}`)?.[0]).toBe(printed)
})

test.each(['', '-', '1.2.3', 'abc'])('"%s" is no number', (printed) => {
  expect(parseNumber(printed)).toBeNull()
})
