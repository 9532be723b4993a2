import { expect, test } from 'vitest'
import type { Prediction } from '../scoring/metrics/calibration.ts'
import { bestOrder, curveOf } from './curve.ts'

const predictions = (...pairs: (readonly [confidence: number, right: boolean])[]): readonly Prediction[] =>
  pairs.map(([confidence, right]) => ({ confidence, right }))

test('the most certain come first, and the error is that of all accepted so far', () => {
  const curve = curveOf(predictions([0.5, false], [0.9, true], [0.7, true], [0.8, false]))!
  expect(curve.points.map(({ confidence, coverage, risk }) => [confidence, coverage, risk])).toEqual([
    [0.9, 0.25, 0],
    [0.8, 0.5, 0.5],
    [0.7, 0.75, 1 / 3],
    [0.5, 1, 0.5],
  ])
  expect(curve).toMatchObject({ values: 4, errors: 2 })
  // (0 + 1/2 + 1/3 + 1/2) / 4
  expect(curve.area).toBeCloseTo(4 / 3 / 4, 12)
})

test('values of the same confidence come together, and count as in any order', () => {
  const curve = curveOf(predictions([0.9, true], [0.5, true], [0.5, false]))!
  expect(curve.points.map(({ accepted, errors }) => [accepted, errors])).toEqual([
    [1, 0],
    [3, 1],
  ])
  // After the second value half an error is expected: (0 + 0.5/2 + 1/3) / 3
  expect(curve.area).toBeCloseTo((0.25 + 1 / 3) / 3, 12)
})

test('the band is the exact interval', () => {
  // One of ten: 0.25 % to 44.5 % in the tables of Clopper & Pearson (1934).
  const ten = Array.from({ length: 10 }, (_, i) => [0.9, i > 0] as const)
  const { interval } = curveOf(predictions(...ten))!.points[0]!
  expect(interval.low).toBeCloseTo(0.0025, 4)
  expect(interval.high).toBeCloseTo(0.445, 4)
})

test('no order is better than all errors at the end', () => {
  expect(bestOrder(predictions([0.9, false], [0.8, true], [0.7, true], [0.6, false]))).toEqual([
    { coverage: 0.5, risk: 0 },
    { coverage: 0.75, risk: 1 / 3 },
    { coverage: 1, risk: 0.5 },
  ])
  expect(bestOrder(predictions([0.9, true]))).toEqual([{ coverage: 1, risk: 0 }])
  expect(bestOrder(predictions([0.9, false]))).toEqual([
    { coverage: 0, risk: 0 },
    { coverage: 1, risk: 1 },
  ])
})

test('of nothing there is no curve', () => {
  expect([curveOf([]), bestOrder([])]).toEqual([null, []])
})
