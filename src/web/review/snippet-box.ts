import type { Box } from '../../core/geometry.ts'

interface Size {
  readonly width: number
  readonly height: number
}

export interface Cut extends Size {
  readonly x: number
  readonly y: number
}

/** A strip of a page around a box, in pixels: some paper about it, and wide enough to be read in its line. */
export function snippetOf([x0, y0, x1, y1]: Box, page: Size): Cut {
  const tall = (y1 - y0) * page.height
  const height = Math.min(page.height, tall + Math.max(8, Math.min(tall * 0.7, 30)))
  const width = Math.min(page.width, Math.max((x1 - x0) * page.width + height, height * 7))
  const place = (middle: number, size: number, all: number): number =>
    Math.max(0, Math.min(all - size, middle * all - size / 2))
  return {
    x: place((x0 + x1) / 2, width, page.width),
    y: place((y0 + y1) / 2, height, page.height),
    width,
    height,
  }
}
