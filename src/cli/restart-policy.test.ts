import { expect, test } from 'vitest'
import { countQuickEnds, givingUp, persevering } from './restart-policy.ts'

/** The longest of many waits. */
const longest = (quickEnds: number): number =>
  Math.max(...Array.from({ length: 2_000 }, () => persevering.waitMs(quickEnds) ?? Infinity))

test('a service starts its worker again ever more slowly, and never gives up', () => {
  const waits = [1, 2, 3, 5, 10, 10_000].map(longest)
  for (const [i, most] of [250, 500, 1_000, 4_000, 15_000, 15_000].entries()) {
    expect(waits[i]).toBeLessThanOrEqual(most)
    expect(waits[i]).toBeGreaterThan(most / 2)
  }
})

test('a command gives up after a few', () => {
  expect([1, 5, 6].map(givingUp.waitMs)).toEqual([0, 0, null])
})

test('only what ends quickly counts, and a steady run makes up for it', () => {
  const runs = [100, 20_000, 100, 9_999, 10_000, 60_000, 100]
  let ends = 0
  const counts = runs.map((ranMs) => (ends = countQuickEnds(ends, ranMs, persevering)))
  expect(counts).toEqual([1, 1, 2, 3, 3, 1, 2])
  expect(countQuickEnds(0, 20_000, persevering)).toBe(1)
})
