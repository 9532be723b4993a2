import { expect, test } from 'vitest'
import { lineThrough, plot, scales, shareAxis } from './plot.ts'

test.each([
  [0.004, 0.005, 0.005],
  [0.02, 0.02, 0.005],
  [0.23, 0.25, 0.05],
  [0.61, 0.7, 0.1],
  [1, 1, 0.2],
  [7, 1, 0.2],
])('an axis to %d ends at the round number %d', (highest, to, step) => {
  expect(shareAxis('wrong', highest)).toEqual({ label: 'wrong', from: 0, to, step })
})

const unit = { label: 'x', from: 0, to: 1, step: 0.5 }

test('numbers have their place between the axes, the larger the higher', () => {
  const { x, y } = scales(unit, { ...unit, to: 0.5 })
  expect([x(0), x(0.5), x(1)]).toEqual([50, 236, 422])
  expect([y(0), y(0.25), y(0.5)]).toEqual([274, 143, 12])
})

test('a line goes through its points', () => {
  expect(lineThrough([])).toBe('')
  expect(
    lineThrough([
      [1, 2],
      [3.5, 4],
    ]),
  ).toBe('M1 2L3.5 4')
})

test('a drawing says what it shows', () => {
  const svg = String(
    plot({ id: 'one', title: 'A & B', description: 'C.', x: unit, y: unit, draw: () => null }),
  )
  expect(svg).toMatch(/role="img"\s+aria-labelledby="one-title one-desc"/)
  expect(svg).toMatch(/<title id="one-title">A &amp; B<\/title>\s*<desc id="one-desc">C\.<\/desc>/)
})
