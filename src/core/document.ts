import type { Box, Transform } from './geometry.ts'

/** 8-bit grey pixels, row by row, `width * height` bytes, white = 255. Made by `imaging`, never bytes as submitted. */
export interface PageImage {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** What imaging saw of a page before any reading. */
export interface PageQuality {
  /** Variance of the Laplacian of the normalised page; below about 50 text is blurred. */
  readonly sharpness: number
  /** Degrees by which the text was turned, clockwise positive, before deskew. */
  readonly skew: number
}

export interface Page {
  /** From 1. */
  readonly number: number
  /** The normalised page: upright, cropped to the paper, deskewed, grey. */
  readonly image: PageImage
  /** From fractions of the normalised page to fractions of the upright page as submitted. */
  readonly toSubmitted: Transform
  readonly quality: PageQuality
  /** What the file itself says is printed here, where it does and the page shows the same. */
  readonly layer?: PageLayer
}

/** Words that a file holds as text, as far as they were found to stand on the page. */
export interface PageLayer {
  /** In fractions of the normalised page; their letters are certain. */
  readonly words: readonly Word[]
  /** Whether there is print on the page beside them, such as a logo or a stamp. */
  readonly isAll: boolean
}

export interface Document {
  readonly pages: readonly Page[]
}

/** One word as an engine read it; the box is in fractions of the normalised page. */
export interface Word {
  readonly text: string
  /** The engine's own, 0 to 1. */
  readonly confidence: number
  readonly box: Box
}

/** Words that stand on one line across the page, left to right. */
export interface TextLine {
  readonly box: Box
  readonly words: readonly Word[]
}

/** What an engine read on one page: lines from top to bottom. */
export interface OcrPage {
  readonly page: number
  readonly lines: readonly TextLine[]
}

export const lineText = (line: TextLine): string => line.words.map((w) => w.text).join(' ')

/** The engine's mean confidence in words, weighted by their length; 0 for no words. */
export function wordConfidence(words: readonly Word[]): number {
  const length = words.reduce((sum, w) => sum + w.text.length, 0)
  return length === 0 ? 0 : words.reduce((sum, w) => sum + w.confidence * w.text.length, 0) / length
}
