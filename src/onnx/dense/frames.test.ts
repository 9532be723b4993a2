import { expect, test } from 'vitest'
import { along, framesOf, pointAt } from './frames.ts'
import type { Line } from './lines.ts'

const spec = { rows: [-0.4, 0.4], perHeight: 4.5, margin: 0.35, fine: 2 }
const level: Line = { start: [100, 50], end: [190, 50], height: 18 }
const tall: Line = { start: [20, 100], end: [20.5, 100], height: 36 }

test('frames run evenly along each line, from before its start to after its end', () => {
  const { stretches, points, present } = framesOf([level, tall], spec, 400, 200)
  const [first, second] = stretches
  expect(first!.step).toBeCloseTo(4)
  expect(second!.step).toBeCloseTo(8)
  expect(first!.count).toBe(Math.ceil((90 + 12.6) / 4))
  const frames = points.shape[1]!
  const at = (row: number, frame: number) =>
    [0, 1].map((i) => ((points.data[2 * (row * frames + frame) + i]! + 1) / 2) * [400, 200][i]!)
  expect(at(0, 0)[0]).toBeCloseTo(100 - 6.3 + 2)
  expect(at(0, 0)[1]).toBeCloseTo(50 - 7.2)
  expect(at(1, 5)[1]).toBeCloseTo(50 + 7.2)
  expect([...present.data].filter((p) => p === 0)).toHaveLength(8)
  expect(second!.first).toBeGreaterThan(first!.first + first!.count)
})

test('nothing is looked at between lines', () => {
  const { points, stretches } = framesOf([level, level], spec, 400, 200)
  const gap = 2 * (stretches[0]!.first + stretches[0]!.count)
  expect(points.data[gap]).toBeLessThan(-2)
})

test('a place among the frames is a place on the line', () => {
  const [stretch] = framesOf([level], spec, 400, 200).stretches
  expect(along(stretch!, 0, spec)).toBeCloseTo(-6.3)
  expect(pointAt(level, 45)).toEqual([145, 50])
})
