const at = (sorted: readonly number[], place: number): number => sorted[place] ?? NaN

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return (at(sorted, Math.ceil(middle) - 1) + at(sorted, Math.floor(middle))) / 2
}

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
