import type { Transform } from '../core/geometry.ts'

/** The map that does `first`, then `second`. */
export function compose(first: Transform, second: Transform): Transform {
  const [a, b, c, d, e, f] = first
  const [p, q, r, s, t, u] = second
  return [p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u]
}

/** The map that undoes an invertible one. */
export function invert([a, b, c, d, e, f]: Transform): Transform {
  const det = a * d - b * c
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det]
}

export const scaling = (x: number, y: number): Transform => [x, 0, 0, y, 0, 0]

export const translation = (x: number, y: number): Transform => [1, 0, 0, 1, x, y]

/** Turns by degrees about the origin, clockwise as seen on a page whose y axis points down. */
export function rotation(degrees: number): Transform {
  const cos = Math.cos((degrees * Math.PI) / 180)
  const sin = Math.sin((degrees * Math.PI) / 180)
  return [cos, sin, -sin, cos, 0, 0]
}

export const apply = ([a, b, c, d, e, f]: Transform, x: number, y: number): [number, number] => [
  a * x + c * y + e,
  b * x + d * y + f,
]
