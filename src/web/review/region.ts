import type { Box } from '../../core/geometry.ts'

type Point = readonly [x: number, y: number]

const within = (v: number): number => Math.min(1, Math.max(0, v))

/** The box between two corners, as fractions of the page. */
export const boxBetween = ([ax, ay]: Point, [bx, by]: Point): Box => [
  within(Math.min(ax, bx)),
  within(Math.min(ay, by)),
  within(Math.max(ax, bx)),
  within(Math.max(ay, by)),
]

/** Whether anything can stand in it; a click makes a box that is too small. */
export const isReadable = ([x0, y0, x1, y1]: Box): boolean => x1 - x0 > 0.004 && y1 - y0 > 0.002

/** Where the box begins that is drawn by keys, when the field stands nowhere yet. */
export const middle: Box = [0.3, 0.46, 0.7, 0.5]

/** A little more than the box, so that no edge of a letter is lost. */
export const around = ([x0, y0, x1, y1]: Box, by = 0.006): Box => [
  within(x0 - by),
  within(y0 - by),
  within(x1 + by),
  within(y1 + by),
]

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** An arrow moves the box by a hundredth of the page, with Shift it moves the lower right corner; null for other keys. */
export function nudge([x0, y0, x1, y1]: Box, key: string, shift: boolean): Box | null {
  const direction = arrows[key]
  if (!direction) return null
  const [dx, dy] = [direction[0] * 0.01, direction[1] * 0.01]
  if (shift) return [x0, y0, Math.max(x0 + 0.01, within(x1 + dx)), Math.max(y0 + 0.01, within(y1 + dy))]
  const mx = Math.min(1 - x1, Math.max(-x0, dx))
  const my = Math.min(1 - y1, Math.max(-y0, dy))
  return [x0 + mx, y0 + my, x1 + mx, y1 + my]
}
