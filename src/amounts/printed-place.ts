import type { Box } from '../core/geometry.ts'

/** Where a number is printed: page from 1, box in fractions of one and the same page for all that are compared. */
export interface PrintedPlace {
  readonly page: number
  readonly box: Box
}

/** Of the smaller box, the share that must lie within the other. */
const leastShared = 0.5

const area = ([x0, y0, x1, y1]: Box): number => Math.max(0, x1 - x0) * Math.max(0, y1 - y0)

/** Whether two places are one printed number, as two engines may box it. */
export function isOnePlace(a: PrintedPlace, b: PrintedPlace): boolean {
  if (a.page !== b.page) return false
  const common: Box = [
    Math.max(a.box[0], b.box[0]),
    Math.max(a.box[1], b.box[1]),
    Math.min(a.box[2], b.box[2]),
    Math.min(a.box[3], b.box[3]),
  ]
  if (common[2] <= common[0] || common[3] <= common[1]) return false
  return area(common) >= leastShared * Math.min(area(a.box), area(b.box))
}

/** Whether two fields can only have been read from one and the same printed number; unknown places prove nothing. */
export function isOneNumber(a: readonly PrintedPlace[], b: readonly PrintedPlace[]): boolean {
  if (a.length === 0 || b.length === 0) return false
  return a.every((one) => b.every((other) => isOnePlace(one, other)))
}
