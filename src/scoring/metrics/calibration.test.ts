import { expect, test } from 'vitest'
import { brier, calibrationError } from './calibration.ts'

const predictions = [
  { confidence: 0.9, right: true },
  { confidence: 0.6, right: false },
  { confidence: 0.8, right: true },
  { confidence: 0.3, right: false },
]

test('Brier score by hand', () => {
  // (0.1² + 0.6² + 0.2² + 0.3²) / 4 = (0.01 + 0.36 + 0.04 + 0.09) / 4
  expect(brier(predictions)).toBeCloseTo(0.125, 12)
})

test('calibration error by hand', () => {
  // Bins of two: {0.3, 0.6} mean 0.45, right 0 → 0.45; {0.8, 0.9} mean 0.85, right 1 → 0.15. Mean 0.3.
  expect(calibrationError(predictions, 2)).toBeCloseTo(0.3, 12)
  // One bin: mean 0.65, right 0.5.
  expect(calibrationError(predictions, 1)).toBeCloseTo(0.15, 12)
})

test('more bins than predictions leaves some empty', () => {
  // Each prediction alone: 0.1, 0.6, 0.2, 0.3.
  expect(calibrationError(predictions, 10)).toBeCloseTo(0.3, 12)
})

test('nothing predicted', () => {
  expect(brier([])).toBeNull()
  expect(calibrationError([])).toBeNull()
})
