/** Of one press of a button; 1 is as wide as the view. */
export const pressed = 1.3

export const clampScale = (scale: number): number => Math.min(8, Math.max(0.3, scale))

/** The scale that a page is first shown at: as wide as the view, but not much larger than it was sent. */
export const firstScale = (pageWidth: number, viewWidth: number): number =>
  viewWidth <= 0 ? 1 : clampScale(Math.min(1, (1.25 * pageWidth) / viewWidth))

/** How much a turn of the wheel scales. */
export const wheelFactor = (delta: number): number => Math.exp(-Math.max(-120, Math.min(120, delta)) / 400)

/** The scrolling along one axis that shows a stretch with some room around; what is shown already does not move. */
export function reveal(offset: number, size: number, from: number, to: number): number {
  const room = Math.min(60, size / 5)
  if (from - room >= offset && to + room <= offset + size) return offset
  return Math.max(0, (from + to) / 2 - size / 2)
}
