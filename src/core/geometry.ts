import { z } from 'zod'

/**
 * An axis-aligned box as fractions of a page: [x0, y0, x1, y1], origin top left, 0 ≤ x0 ≤ x1 ≤ 1.
 * @example [0.61, 0.72, 0.80, 0.75]
 */
export const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Box = readonly [x0: number, y0: number, x1: number, y1: number]

/**
 * An affine map between two pages in fractions: x' = a·x + c·y + e, y' = b·x + d·y + f.
 * Same order as an SVG or canvas matrix.
 */
export type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const identity: Transform = [1, 0, 0, 1, 0, 0]

export const width = (box: Box): number => box[2] - box[0]
export const height = (box: Box): number => box[3] - box[1]
export const centerX = (box: Box): number => (box[0] + box[2]) / 2
export const centerY = (box: Box): number => (box[1] + box[3]) / 2

/** Whether the middle of a box lies in another. */
export function isWithin(box: Box, [left, top, right, bottom]: Box): boolean {
  const [x, y] = [centerX(box), centerY(box)]
  return left <= x && x <= right && top <= y && y <= bottom
}

/** The smallest box around all given boxes; the boxes must not be empty. */
export function hull(boxes: readonly Box[]): Box {
  return [
    Math.min(...boxes.map((b) => b[0])),
    Math.min(...boxes.map((b) => b[1])),
    Math.max(...boxes.map((b) => b[2])),
    Math.max(...boxes.map((b) => b[3])),
  ]
}

const clamp = (v: number): number => Math.min(1, Math.max(0, v))

/** The axis-aligned hull of a box under a transform, clamped to the page. */
export function mapBox(box: Box, [a, b, c, d, e, f]: Transform): Box {
  const corners: [number, number][] = [
    [box[0], box[1]],
    [box[2], box[1]],
    [box[2], box[3]],
    [box[0], box[3]],
  ]
  const xs = corners.map(([x, y]) => clamp(a * x + c * y + e))
  const ys = corners.map(([x, y]) => clamp(b * x + d * y + f))
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
