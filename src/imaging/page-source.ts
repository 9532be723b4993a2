import type { PageImage } from '../core/document.ts'
import type { TextLayer } from './text-layer.ts'

/** Pixels of a picture. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A page for people to look at, in its colours. */
export interface PagePicture extends Size {
  readonly jpeg: Uint8Array
}

/** An opened file: its pages are made one at a time, since all at full size would not fit into memory. */
export interface PageSource {
  readonly count: number
  /** The upright page as submitted, on white, shrunk where it is larger than any reader needs; `index` from 0. */
  render(index: number): Promise<PageImage>
  /** The size of the page that `render` starts from, without decoding it. */
  size(index: number): Promise<Size>
  /** The same page in its colours, at most `side` pixels wide and high. */
  picture(index: number, side: number): Promise<PagePicture>
  /** The words that a page holds as text, once it was rendered; null where it holds none. */
  layer?(index: number): TextLayer | null
  close(): void
}

/** Pixels that the upright page may keep: a 12-megapixel photo, or A4 at 350 dpi. */
export const MAX_PAGE_PIXELS = 12.5e6

/** The size of a page that is shrunk so that no side is longer. */
export function fitted({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Of JPEGs that people read from: small print stays legible. */
export const PICTURE_QUALITY = 82
