import type { Page } from '../core/document.ts'
import type { Transform } from '../core/geometry.ts'

/** The map of a half turn, (x, y) → (1 − x, 1 − y), before another. */
const halfTurned = ([a, b, c, d, e, f]: Transform): Transform => [-a, -b, -c, -d, a + c + e, b + d + f]

/** The page turned upside down, without a text layer; boxes still lead to the same places of the page as submitted. */
export function turn({ layer: _, ...page }: Page): Page {
  const { data, width, height } = page.image
  const image = { data: Uint8Array.from(data).reverse(), width, height }
  return { ...page, image, toSubmitted: halfTurned(page.toSubmitted) }
}
