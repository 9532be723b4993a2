import { ParallaxError } from '../core/errors.ts'
import type { Format } from './sniff.ts'

export interface ImagingLimits {
  /** Bytes of a file of one image: JPEG, PNG, WebP, HEIC, AVIF, GIF or BMP. */
  readonly maxImageBytes: number
  /** Bytes of a TIFF or PDF file, which may have many pages. */
  readonly maxDocumentBytes: number
  /** Pixels of a JPEG, which is shrunk while it is decoded; a 200-megapixel phone still passes. */
  readonly maxJpegPixels: number
  /** Pixels of one image in any other format, which may have to be decoded whole. */
  readonly maxPixels: number
  /** Pixels on the shorter side. */
  readonly minSide: number
  /** Longer side by shorter side. */
  readonly maxAspect: number
  readonly maxPages: number
  /** Pixels of all normalised pages of a document together, which stand in memory at once. */
  readonly maxDocumentPixels: number
}

export const defaultLimits: ImagingLimits = {
  maxImageBytes: 50e6,
  maxDocumentBytes: 100e6,
  maxJpegPixels: 210e6,
  maxPixels: 150e6,
  minSide: 32,
  maxAspect: 40,
  maxPages: 500,
  maxDocumentPixels: 800e6,
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
const megapixels = (pixels: number): string => `${(pixels / 1e6).toFixed(0)} megapixels`

/** Throws E_FILE_TOO_LARGE. */
export function checkBytes(bytes: Uint8Array, format: Format, limits: ImagingLimits): void {
  const max = format === 'pdf' || format === 'tiff' ? limits.maxDocumentBytes : limits.maxImageBytes
  if (bytes.length <= max) return
  throw new ParallaxError(
    'E_FILE_TOO_LARGE',
    `The file has ${megabytes(bytes.length)}; at most ${megabytes(max)} are accepted. Please scan at 300 dpi or split it.`,
  )
}

/** Throws E_CORRUPT for a document without pages, E_TOO_MANY_PAGES for one with too many. */
export function checkPageCount(count: number, limits: ImagingLimits): void {
  if (count < 1) {
    throw new ParallaxError('E_CORRUPT', 'The document has no pages. Please export or scan it again.')
  }
  if (count <= limits.maxPages) return
  throw new ParallaxError(
    'E_TOO_MANY_PAGES',
    `The document has ${count} pages; at most ${limits.maxPages} are accepted. Please split it.`,
  )
}

/** Throws E_TOO_SMALL for pages on which nothing can be printed, E_TOO_MANY_PIXELS for those that exceed `maxPixels`. */
export function checkSize(width: number, height: number, maxPixels: number, limits: ImagingLimits): void {
  const shorter = Math.min(width, height)
  const longer = Math.max(width, height)
  if (shorter * longer > maxPixels) {
    throw new ParallaxError(
      'E_TOO_MANY_PIXELS',
      `The image has ${width} x ${height} pixels (${megapixels(width * height)}); at most ${megapixels(maxPixels)} are accepted. Please scan at 300 dpi.`,
    )
  }
  if (shorter < limits.minSide || longer > shorter * limits.maxAspect) {
    throw new ParallaxError(
      'E_TOO_SMALL',
      `The image has only ${width} x ${height} pixels, too few to hold readable text. Please scan at 200 to 300 dpi.`,
    )
  }
}

/** Throws E_TOO_MANY_PIXELS when the pages together no longer fit into memory. */
export function checkDocumentPixels(pixels: number, limits: ImagingLimits): void {
  if (pixels <= limits.maxDocumentPixels) return
  throw new ParallaxError(
    'E_TOO_MANY_PIXELS',
    `The pages of the document have more than ${megapixels(limits.maxDocumentPixels)} together. Please split it.`,
  )
}
