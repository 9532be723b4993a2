import munkres from 'munkres-js'

/** Whole numbers keep the solver's search for zeros exact. */
const scale = 1e9

/**
 * The pairing of rows with columns of the greatest total gain (Hungarian algorithm); rows or columns in excess stay
 * unpaired. `gains` is a full matrix, finite.
 * @example bestAssignment([[0.9, 0.8], [0.8, 0.1]]) // [[0, 1], [1, 0]]: 1.6 beats 1.0
 */
export function bestAssignment(
  gains: readonly (readonly number[])[],
): readonly (readonly [number, number])[] {
  if (gains.length === 0 || gains[0]?.length === 0) return []
  const most = Math.max(...gains.flat())
  return munkres(gains.map((row) => row.map((gain) => Math.round((most - gain) * scale))))
}
