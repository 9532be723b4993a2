import type { Background } from './background.ts'

/** Which cells of a background are paper. */
export interface PaperMask {
  readonly cell: number
  readonly columns: number
  readonly rows: number
  /** 1 where there is paper. */
  readonly data: Uint8Array
}

/** Share of the variance that two brightnesses explain; a shadow that fades in evenly reaches 0.75. */
const MIN_SEPARATION = 0.82
/** A desk is at most this bright, as a share of the paper. */
const MAX_DESK = 0.72
/** Paper covers at least this share of the picture. */
const MIN_SHARE = 0.06

interface Split {
  readonly threshold: number
  readonly dark: number
  readonly bright: number
  /** Otsu's measure: variance between the two classes by variance of all, 0 to 1. */
  readonly separation: number
}

function split(values: Float32Array): Split {
  const sorted = Float32Array.from(values).sort()
  const total = sorted.reduce((a, b) => a + b, 0)
  const mean = total / sorted.length
  const variance = sorted.reduce((sum, v) => sum + (v - mean) ** 2, 0) / sorted.length
  let best: Split = { threshold: 0, dark: mean, bright: mean, separation: 0 }
  let sum = 0
  for (let i = 1; i < sorted.length; i++) {
    sum += sorted[i - 1]!
    const share = i / sorted.length
    const dark = sum / i
    const bright = (total - sum) / (sorted.length - i)
    const separation = (share * (1 - share) * (bright - dark) ** 2) / Math.max(variance, 1e-9)
    if (separation > best.separation) best = { threshold: sorted[i]!, dark, bright, separation }
  }
  return best
}

function largestPatch(bright: Uint8Array, columns: number): Uint8Array {
  const seen = new Uint8Array(bright.length)
  let largest: number[] = []
  for (let start = 0; start < bright.length; start++) {
    if (bright[start] === 0 || seen[start] === 1) continue
    const patch = [start]
    seen[start] = 1
    for (const at of patch) {
      const x = at % columns
      const neighbours = [
        at - columns,
        at + columns,
        ...(x > 0 ? [at - 1] : []),
        ...(x < columns - 1 ? [at + 1] : []),
      ]
      for (const next of neighbours) {
        if (bright[next] !== 1 || seen[next] === 1) continue
        seen[next] = 1
        patch.push(next)
      }
    }
    if (patch.length > largest.length) largest = patch
  }
  const mask = new Uint8Array(bright.length)
  for (const at of largest) mask[at] = 1
  return mask
}

/** Closes what is surrounded by paper in its row and its column: logos, stamps, thumbs' shadows. */
function fillHoles(mask: Uint8Array, columns: number, rows: number): Uint8Array {
  const filled = new Uint8Array(mask.length)
  const spans = (count: number, length: number, at: (line: number, i: number) => number): void => {
    for (let line = 0; line < count; line++) {
      let [from, to] = [length, -1]
      for (let i = 0; i < length; i++) {
        if (mask[at(line, i)] === 0) continue
        from = Math.min(from, i)
        to = i
      }
      for (let i = from; i <= to; i++) filled[at(line, i)]!++
    }
  }
  spans(rows, columns, (y, x) => y * columns + x)
  spans(columns, rows, (x, y) => y * columns + x)
  return filled.map((n) => (n === 2 ? 1 : 0))
}

/** The light sheet on a darker ground; null when the picture does not clearly show one. */
export function findPaper({ cell, columns, rows, values }: Background): PaperMask | null {
  const { threshold, dark, bright, separation } = split(values)
  if (separation < MIN_SEPARATION || dark > MAX_DESK * bright) return null
  const lit = Uint8Array.from(values, (v) => (v >= threshold ? 1 : 0))
  const data = fillHoles(largestPatch(lit, columns), columns, rows)
  const share = data.reduce((a, b) => a + b, 0) / data.length
  return share < MIN_SHARE ? null : { cell, columns, rows, data }
}
