import { findComponents, type Component } from '../../imaging/components.ts'
import type { FloatTensor } from '../session.ts'
import type { DenseManifest } from './manifest.ts'

/** A piece of a line of print, in pixels of the picture: its middle from `start` to `end`, and its height. */
export interface Line {
  readonly start: readonly [x: number, y: number]
  readonly end: readonly [x: number, y: number]
  readonly height: number
}

const coreThreshold = 0.5
/** Lines of fewer cells, or less sure on average, are dust. */
const leastCells = 2
const leastMean = 0.6
/** Of a cell, that a line ends inside its first and last one. */
const inset = 0.35

/** Least squares; flat where all x are the same. */
function fit(points: readonly (readonly [x: number, y: number])[]): (x: number) => number {
  const mean = (i: 0 | 1): number => points.reduce((sum, p) => sum + p[i], 0) / points.length
  const [mx, my] = [mean(0), mean(1)]
  const spread = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  const slope = spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread
  return (x) => my + slope * (x - mx)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

function lineOf(
  component: Component,
  extent: FloatTensor,
  width: number,
  { down, across, extent: unit }: DenseManifest['cells'],
): Line {
  const plane = extent.data.length / 2
  const seen = Array.from(component.pixels, (at) => {
    const column = at % width
    const y = (Math.floor(at / width) + 0.5) * down
    const [above, below] = [extent.data[at]! * unit, extent.data[plane + at]! * unit]
    return { x: (column + 0.5) * across, y: y + (below - above) / 2, height: above + below }
  })
  const middle = fit(seen.map(({ x, y }) => [x, y]))
  const from = (component.x0 + inset) * across
  const to = (component.x1 - inset) * across
  return {
    start: [from, middle(from)],
    end: [to, middle(to)],
    height: Math.max(down, median(seen.map((s) => s.height))),
  }
}

/**
 * The lines of a page from its maps: `core` [1, down, across], the probability that a cell is in the middle of a line, and
 * `extent` [2, down, across], the distance from there to its upper and its lower edge.
 */
export function linesOf(
  core: FloatTensor,
  extent: FloatTensor,
  cells: DenseManifest['cells'],
): readonly Line[] {
  const [height, width] = core.shape.slice(-2) as [number, number]
  const data = Uint8Array.from(core.data, (p) => (p > coreThreshold ? 1 : 0))
  const mean = ({ pixels }: Component): number =>
    pixels.reduce((sum, at) => sum + core.data[at]!, 0) / pixels.length
  return findComponents({ data, width, height })
    .filter((c) => c.pixels.length >= leastCells && mean(c) >= leastMean)
    .map((c) => lineOf(c, extent, width, cells))
}
