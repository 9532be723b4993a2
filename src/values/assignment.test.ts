import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestAssignment } from './assignment.ts'

const total = (gains: number[][], pairs: readonly (readonly [number, number])[]): number =>
  pairs.reduce((sum, [row, column]) => sum + (gains[row]?.[column] ?? Number.NaN), 0)

/** By trying every pairing. */
function greatest(gains: number[][], row = 0, taken: readonly number[] = []): number {
  const line = gains[row]
  if (!line) return 0
  const pairing = line.map((gain, column) =>
    taken.includes(column) ? -Infinity : gain + greatest(gains, row + 1, [...taken, column]),
  )
  const spare = gains.length > line.length ? greatest(gains, row + 1, taken) : -Infinity
  return Math.max(spare, ...pairing)
}

test('prefers the greatest total to the greatest pair', () => {
  const pairs = bestAssignment([
    [0.9, 0.8],
    [0.8, 0.1],
  ])
  expect(pairs).toEqual([
    [0, 1],
    [1, 0],
  ])
})

test.each([[[]], [[[], []]]])('pairs nothing with nothing', (gains) => {
  expect(bestAssignment(gains)).toEqual([])
})

test('finds the total that trying every pairing finds, in any shape', () => {
  const matrix = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([rows, columns]) => {
      const gain = fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8)
      const line = fc.array(gain, { minLength: columns, maxLength: columns })
      return fc.array(line, { minLength: rows, maxLength: rows })
    })
  fc.assert(
    fc.property(matrix, (gains) => {
      const pairs = bestAssignment(gains)
      expect(pairs).toHaveLength(Math.min(gains.length, gains[0]?.length ?? 0))
      expect(new Set(pairs.map(([, column]) => column)).size).toBe(pairs.length)
      expect(total(gains, pairs)).toBeCloseTo(greatest(gains), 9)
    }),
  )
})

test.each([
  [400, 400],
  [1000, 800],
  [500, 1000],
])('finds the pairing that stands out among %d by %d', { timeout: 60_000 }, (rows, columns) => {
  // Each row's column, spread over all columns: 7 has no divisor in common with any of the counts.
  const own = (row: number): number => (row * 7) % columns
  const paired = Math.min(rows, columns)
  const gains = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) =>
      row < paired && column === own(row) ? 3 : ((row * 31 + column * 17) % 10) / 10,
    ),
  )
  const pairs = bestAssignment(gains)
  expect(pairs).toEqual(Array.from({ length: paired }, (_, row) => [row, own(row)]))
})
