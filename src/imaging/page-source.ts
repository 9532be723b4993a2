import type { PageImage } from '../core/document.ts'

/** An opened file: its pages are made one at a time, since all at full size would not fit into memory. */
export interface PageSource {
  readonly count: number
  /** The upright page as submitted, on white, shrunk where it is larger than any reader needs; `index` from 0. */
  render(index: number): Promise<PageImage>
  close(): void
}

/** Pixels that the upright page may keep: a 12-megapixel photo, or A4 at 350 dpi. */
export const MAX_PAGE_PIXELS = 12.5e6
