/** Which of a cell's neighbours its best total comes from. */
const SKIP_ROW = 1
const SKIP_COLUMN = 2
const PAIR = 3

/**
 * The pairing of two lists of the greatest total gain in which pairs keep the order of both lists and stand at most `reach`
 * places apart: global alignment with free gaps (Needleman and Wunsch, 1970) in a band around the diagonal. What gains
 * nothing stays unpaired. `gain` is asked once for each pair in the band: time and memory grow with `rows * reach`.
 * @example bestOrderedPairing(2, 3, 1, (i, j) => (j === i + 1 ? 1 : 0)) // [[0, 1], [1, 2]]
 */
export function bestOrderedPairing(
  rows: number,
  columns: number,
  reach: number,
  gain: (row: number, column: number) => number,
): readonly (readonly [number, number])[] {
  const width = 2 * reach + 1
  // Cell (i, j) is the best of the first i rows and j columns; it stands in row i at j - i + reach.
  const moves = new Uint8Array((rows + 1) * width)
  let above = new Float64Array(width)
  for (let i = 0; i <= rows; i++) {
    const here = new Float64Array(width)
    for (let j = Math.max(0, i - reach); j <= Math.min(columns, i + reach); j++) {
      const at = j - i + reach
      const paired = i > 0 && j > 0 ? gain(i - 1, j - 1) : 0
      const totals = [
        [SKIP_ROW, i > 0 && at + 1 < width ? above[at + 1]! : -1],
        [SKIP_COLUMN, j > 0 && at > 0 ? here[at - 1]! : -1],
        [PAIR, paired > 0 ? above[at]! + paired : -1],
      ] as const
      const [move, total] = totals.reduce((best, other) => (other[1] >= best[1] ? other : best))
      here[at] = Math.max(0, total)
      moves[i * width + at] = total < 0 ? 0 : move
    }
    above = here
  }
  return traced(moves, rows, Math.min(columns, rows + reach), reach)
}

function traced(moves: Uint8Array, rows: number, columns: number, reach: number): [number, number][] {
  const pairs: [number, number][] = []
  let [i, j] = [rows, columns]
  while (i > 0 || j > 0) {
    const move = moves[i * (2 * reach + 1) + j - i + reach]
    if (move === PAIR) pairs.push([i - 1, j - 1])
    if (move !== SKIP_COLUMN) i--
    if (move !== SKIP_ROW) j--
  }
  return pairs.reverse()
}
