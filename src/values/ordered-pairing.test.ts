import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestOrderedPairing } from './ordered-pairing.ts'

/** By trying every choice. */
function greatest(gains: number[][], reach: number, row = 0, column = 0): number {
  const line = gains[row]
  if (!line) return 0
  const choices = line.map((gain, j) =>
    j < column || Math.abs(row - j) > reach ? 0 : gain + greatest(gains, reach, row + 1, j + 1),
  )
  return Math.max(greatest(gains, reach, row + 1, column), ...choices)
}

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) => {
    const gain = fc.integer({ min: -2, max: 8 }).map((quarters) => quarters / 4)
    return fc.array(fc.array(gain, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    })
  })

test('finds the total that trying every ordered pairing finds', () => {
  fc.assert(
    fc.property(matrix, fc.integer({ min: 0, max: 2 }), (gains, more) => {
      const [rows, columns] = [gains.length, gains[0]!.length]
      const reach = Math.abs(rows - columns) + more
      const pairs = bestOrderedPairing(rows, columns, reach, (i, j) => gains[i]![j]!)
      pairs.slice(1).forEach(([i, j], n) => {
        expect(i).toBeGreaterThan(pairs[n]![0])
        expect(j).toBeGreaterThan(pairs[n]![1])
      })
      expect(pairs.every(([i, j]) => Math.abs(i - j) <= reach)).toBe(true)
      const total = pairs.reduce((sum, [i, j]) => sum + gains[i]![j]!, 0)
      expect(total).toBeCloseTo(greatest(gains, reach), 9)
    }),
  )
})

test.each([
  [0, 0],
  [0, 3],
  [3, 0],
])('pairs nothing with nothing: %d by %d', (rows, columns) => {
  expect(bestOrderedPairing(rows, columns, 3, () => 1)).toEqual([])
})

test.each([
  [3000, 2999],
  [3000, 3040],
  [500, 20],
])('%d by %d, where the second list lacks or adds some at its beginning', (rows, columns) => {
  const shift = columns - rows
  const pairs = bestOrderedPairing(rows, columns, 50 + Math.abs(shift), (i, j) => (j === i + shift ? 1 : 0))
  expect(pairs).toHaveLength(Math.min(rows, columns))
  expect(pairs.every(([i, j]) => j === i + shift)).toBe(true)
})
