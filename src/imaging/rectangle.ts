import { apply, rotation } from './transform.ts'

export type Place = readonly [x: number, y: number]

/** An axis-aligned rectangle in pixels. */
export interface Rectangle {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export const corners = ({ x0, y0, x1, y1 }: Rectangle): Place[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
]

/** The smallest rectangle around places, once they are turned by degrees, clockwise, about the origin. */
export function turnedHull(places: readonly Place[], degrees: number): Rectangle {
  const turn = rotation(degrees)
  const hull = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity }
  for (const [px, py] of places) {
    const [x, y] = apply(turn, px, py)
    hull.x0 = Math.min(hull.x0, x)
    hull.y0 = Math.min(hull.y0, y)
    hull.x1 = Math.max(hull.x1, x)
    hull.y1 = Math.max(hull.y1, y)
  }
  return hull
}

export const grow = ({ x0, y0, x1, y1 }: Rectangle, by: number): Rectangle => ({
  x0: x0 - by,
  y0: y0 - by,
  x1: x1 + by,
  y1: y1 + by,
})

export const intersect = (a: Rectangle, b: Rectangle): Rectangle => ({
  x0: Math.max(a.x0, b.x0),
  y0: Math.max(a.y0, b.y0),
  x1: Math.min(a.x1, b.x1),
  y1: Math.min(a.y1, b.y1),
})
