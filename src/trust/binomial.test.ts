import { expect, test } from 'vitest'
import { fewestTrials, upperBound } from './binomial.ts'

test.each([
  // Without an error it is 1 − (1 − confidence)^(1 / trials).
  [0, 59, 0.95, 0.0495],
  [0, 299, 0.95, 0.00997],
  [0, 10, 0.975, 0.3085],
  // Tables of the two-sided 95 % interval (Clopper & Pearson 1934), which has 2.5 % above it.
  [1, 10, 0.975, 0.445],
  [5, 10, 0.975, 0.8129],
  [10, 100, 0.975, 0.1762],
  [1, 20, 0.975, 0.2487],
])('bounds the rate after %d errors in %d trials at %d by %d', (errors, trials, confidence, bound) => {
  expect(upperBound(errors, trials, confidence)).toBeCloseTo(bound, 4)
})

function atMost(errors: number, trials: number, rate: number): number {
  let term = (1 - rate) ** trials
  let sum = term
  for (let i = 1; i <= errors; i++) {
    term *= ((trials - i + 1) / i) * (rate / (1 - rate))
    sum += term
  }
  return sum
}

test('is the rate at which so few errors are as unlikely as the confidence says', () => {
  for (const [errors, trials] of [
    [0, 1],
    [2, 3],
    [3, 30],
    [29, 30],
    [17, 350],
    [60, 5000],
  ] as const) {
    for (const confidence of [0.8, 0.95, 0.999])
      expect(atMost(errors, trials, upperBound(errors, trials, confidence))).toBeCloseTo(1 - confidence, 9)
  }
})

test('says nothing without trials, or when all err', () => {
  expect([upperBound(0, 0, 0.95), upperBound(4, 4, 0.95)]).toEqual([1, 1])
})

// The sample sizes of the success run, as tables of tolerance limits give them.
test.each([
  [0.1, 0.9, 22],
  [0.1, 0.95, 29],
  [0.05, 0.95, 59],
  [0.01, 0.95, 299],
  [0.01, 0.99, 459],
])('an error of at most %d at %d needs %d trials', (error, confidence, trials) => {
  expect(fewestTrials(error, confidence)).toBe(trials)
  expect(upperBound(0, trials, confidence)).toBeLessThanOrEqual(error)
  expect(upperBound(0, trials - 1, confidence)).toBeGreaterThan(error)
})
