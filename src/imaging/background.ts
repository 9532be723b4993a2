import type { PageImage } from '../core/document.ts'

/** A coarse picture of the page without its ink: one brightness (0 to 255) per square cell, row by row. */
export interface Background {
  readonly cell: number
  readonly columns: number
  readonly rows: number
  readonly values: Float32Array
}

/** Share of a cell's pixels that are darker than its paper; the rest is the grain above it. */
const PAPER_PERCENTILE = 0.85

/** `counts` is room for a histogram. Counted from the brightest down: most of a page is paper. */
function cellPaper(
  { data, width, height }: PageImage,
  x0: number,
  y0: number,
  cell: number,
  counts: Uint32Array,
): number {
  const x1 = Math.min(width, x0 + cell)
  const y1 = Math.min(height, y0 + cell)
  counts.fill(0)
  for (let y = y0; y < y1; y++) {
    for (let i = y * width + x0, end = y * width + x1; i < end; i++) counts[data[i]!]!++
  }
  const all = (x1 - x0) * (y1 - y0)
  let value = 255
  let darker = all - counts[value]!
  while (value > 0 && darker >= all * PAPER_PERCENTILE) darker -= counts[--value]!
  return value
}

/** The brightness of the paper in every cell of `cell` pixels. */
export function estimateBackground(image: PageImage, cell: number): Background {
  const columns = Math.ceil(image.width / cell)
  const rows = Math.ceil(image.height / cell)
  const values = new Float32Array(columns * rows)
  const counts = new Uint32Array(256)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = cellPaper(image, column * cell, row * cell, cell, counts)
    }
  }
  return { cell, columns, rows, values }
}

function mapNeighbourhoods(
  background: Background,
  reduce: (total: number, value: number) => number,
  finish: (total: number, count: number) => number,
): Background {
  const { columns, rows, values } = background
  const result = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let total = 0
      let count = 0
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
          total = reduce(total, values[y * columns + x]!)
          count++
        }
      }
      result[row * columns + column] = finish(total, count)
    }
  }
  return { ...background, values: result }
}

/** Every cell takes the brightest of its neighbours: dark letters larger than a cell vanish. */
export const dilate = (background: Background): Background =>
  mapNeighbourhoods(background, Math.max, (max) => max)

/** Every cell takes the mean of its neighbours. */
export const smooth = (background: Background): Background =>
  mapNeighbourhoods(
    background,
    (sum, value) => sum + value,
    (sum, count) => sum / count,
  )

/** Fills in the background under every pixel of row `y`. */
export type FillRow = (y: number, into: Float32Array) => void

/** The background of rows of `width` pixels, linear between the centres of the cells. */
export function backgroundRows({ cell, columns, rows, values }: Background, width: number): FillRow {
  const left = new Int32Array(width)
  const share = new Float64Array(width)
  for (let x = 0; x < width; x++) {
    const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / cell - 0.5))
    left[x] = Math.floor(u)
    share[x] = u - left[x]!
  }
  const line = new Float32Array(columns + 1)
  return (y, into) => {
    const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / cell - 0.5))
    const row = Math.floor(v)
    const below = Math.min(rows - 1, row + 1)
    for (let column = 0; column < columns; column++) {
      const above = values[row * columns + column]!
      line[column] = above + (values[below * columns + column]! - above) * (v - row)
    }
    line[columns] = line[columns - 1]!
    for (let x = 0; x < width; x++) {
      const from = line[left[x]!]!
      into[x] = from + (line[left[x]! + 1]! - from) * share[x]!
    }
  }
}
