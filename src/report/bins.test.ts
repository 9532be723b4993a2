import { expect, test } from 'vitest'
import { reliabilityOf } from './bins.ts'

test('ten bins of equal numbers, from the least confident on', () => {
  // 0.01 to 0.20; the upper ten are right.
  const predictions = Array.from({ length: 20 }, (_, i) => ({ confidence: (20 - i) / 100, right: i < 10 }))
  const { bins } = reliabilityOf(predictions)!
  expect(bins).toHaveLength(10)
  expect(bins[0]).toMatchObject({ values: 2, right: 0, observed: 0, range: { low: 0.01, high: 0.02 } })
  expect(bins[0]!.predicted).toBeCloseTo(0.015, 12)
  expect(bins[9]).toMatchObject({ values: 2, right: 2, observed: 1 })
})

test('Brier score and calibration error are those of the scores', () => {
  const measured = reliabilityOf([
    { confidence: 0.9, right: true },
    { confidence: 0.6, right: false },
  ])!
  // (0.01 + 0.36) / 2; each in a bin of its own: (0.1 + 0.6) / 2
  expect(measured.brier).toBeCloseTo(0.185, 12)
  expect(measured.error).toBeCloseTo(0.35, 12)
  expect(measured.bins.map(({ values }) => values)).toEqual([1, 1])
})

test('of nothing, nothing is said', () => {
  expect(reliabilityOf([])).toBeNull()
})
