import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  centerX,
  centerY,
  height,
  hull,
  identity,
  mapBox,
  width,
  type Box,
  type Transform,
} from './geometry.ts'

const box: Box = [0.2, 0.4, 0.6, 0.5]
const close = (expected: readonly number[]): unknown[] => expected.map((v): unknown => expect.closeTo(v, 9))

test('measures a box', () => {
  expect([width(box), height(box), centerX(box), centerY(box)]).toEqual(close([0.4, 0.1, 0.4, 0.45]))
})

test('the hull of boxes holds them all', () => {
  expect(hull([box, [0.5, 0.1, 0.9, 0.45]])).toEqual([0.2, 0.1, 0.9, 0.5])
  expect(hull([box])).toEqual(box)
})

test.each<[string, Transform, Box]>([
  ['nothing', identity, box],
  ['a crop to the left half', [0.5, 0, 0, 1, 0, 0], [0.1, 0.4, 0.3, 0.5]],
  ['a crop that began lower', [1, 0, 0, 0.5, 0, 0.5], [0.2, 0.7, 0.6, 0.75]],
  ['a quarter turn', [0, 1, -1, 0, 1, 0], [0.5, 0.2, 0.6, 0.6]],
  ['a half turn', [-1, 0, 0, -1, 1, 1], [0.4, 0.5, 0.8, 0.6]],
  ['a move beyond the page', [1, 0, 0, 1, 0.7, -0.45], [0.9, 0, 1, 0.05]],
])('maps a box under %s', (_, transform, expected) => {
  expect(mapBox(box, transform)).toEqual(close(expected))
})

test('a mapped box stays an ordered box inside the page', () => {
  const number = fc.double({ min: -2, max: 2, noNaN: true })
  const fraction = fc.double({ min: 0, max: 1, noNaN: true })
  const transform = fc.tuple(number, number, number, number, number, number)
  fc.assert(
    fc.property(fc.tuple(fraction, fraction, fraction, fraction), transform, ([a, b, c, d], t) => {
      const [x0, y0, x1, y1] = mapBox([Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)], t)
      expect(0 <= x0 && x0 <= x1 && x1 <= 1 && 0 <= y0 && y0 <= y1 && y1 <= 1).toBe(true)
    }),
  )
})
