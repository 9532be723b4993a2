import type { PageImage } from '../core/document.ts'

/** Variance of the 4-neighbour Laplacian, over every pixel that has four neighbours; 0 for pages below 3 x 3. */
export function laplacianVariance({ data, width, height }: PageImage): number {
  let sum = 0
  let squares = 0
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1, end = (y + 1) * width - 1; at < end; at++) {
      const laplacian = 4 * data[at]! - data[at - 1]! - data[at + 1]! - data[at - width]! - data[at + width]!
      sum += laplacian
      squares += laplacian * laplacian
    }
  }
  const count = Math.max(1, (width - 2) * (height - 2))
  return squares / count - (sum / count) ** 2
}
