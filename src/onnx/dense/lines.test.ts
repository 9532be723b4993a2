import { expect, test } from 'vitest'
import type { FloatTensor } from '../session.ts'
import { linesOf } from './lines.ts'

const cells = { down: 4, across: 8, extent: 16 }

/** A map drawn with letters: each is the middle of a line whose edges are 9 pixels away, `.` is none. */
function maps(...rows: readonly string[]): readonly [FloatTensor, FloatTensor] {
  const [height, width] = [rows.length, rows[0]!.length]
  const letters = rows.join('')
  const core = Float32Array.from(letters, (c) => (c === '.' ? 0.05 : c === '?' ? 0.55 : 0.9))
  const extent = new Float32Array(2 * height * width).fill(9 / 16)
  return [
    { data: core, shape: [1, height, width] },
    { data: extent, shape: [2, height, width] },
  ]
}

test('each connected piece of core is a line, with its ends, middle and height', () => {
  const lines = linesOf(...maps('..........', '.xxxx..xx.', '..........', '.xxxxxxxx.'), cells)
  expect(lines).toHaveLength(3)
  const [first] = lines
  expect(first!.height).toBeCloseTo(18)
  expect(first!.start[0]).toBeGreaterThan(8)
  expect(first!.start[0]).toBeLessThan(16)
  expect(first!.end[0]).toBeGreaterThan(32)
  expect(first!.end[0]).toBeLessThan(40)
  expect(first!.start[1]).toBeCloseTo(6)
})

test('a line that climbs is followed', () => {
  const [line] = linesOf(...maps('......xxxx', '..xxxxx...', 'xxx.......'), cells)
  expect(line!.start[1]).toBeGreaterThan(line!.end[1] + 4)
})

test('dust and doubt are no lines', () => {
  expect(linesOf(...maps('x.........', '....??....', '..........'), cells)).toEqual([])
})
