import type { Page } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import { height, mapBox, width, type Box, type Transform } from '../core/geometry.ts'
import { compose, invert } from '../imaging/transform.ts'
import { readPages } from './read-pages.ts'

/** Rows of pixels above and below a place that are shown to the reader, as a share of its height, and at least. */
const margin = { share: 0.5, least: 8 } as const

/** The lines of a page around a box, in their whole width: as wide as the lines that readers know. */
function bandAround(page: Page, box: Box): Page {
  const { data, width: across, height: down } = page.image
  const room = Math.max(margin.least, margin.share * height(box) * down)
  const first = Math.max(0, Math.floor(box[1] * down - room))
  const end = Math.min(down, Math.ceil(box[3] * down + room))
  const toPage: Transform = [1, 0, 0, (end - first) / down, 0, first / down]
  const image = { data: data.slice(first * across, end * across), width: across, height: end - first }
  return { ...page, image, toSubmitted: compose(toPage, page.toSubmitted) }
}

const overlap = (a0: number, a1: number, b0: number, b1: number): number =>
  Math.max(0, Math.min(a1, b1) - Math.max(a0, b0))

/** Of a word that has to stand within a region, or of the region that has to stand within a word. */
const mostOf = 0.5

/**
 * What of a word stands in a region: all where most of it does, else the letters within a region that lies within the
 * word, taken to be equally wide.
 */
function partWithin(text: string, word: Box, region: Box): string {
  const across = overlap(word[0], word[2], region[0], region[2])
  const down = overlap(word[1], word[3], region[1], region[3])
  if (across <= 0 || down < mostOf * height(word)) return ''
  if (across * down >= mostOf * width(word) * height(word)) return text
  if (across < mostOf * width(region)) return ''
  const letters = [...text]
  const middle = (i: number): number => word[0] + ((i + 0.5) / letters.length) * width(word)
  return letters.filter((_, i) => middle(i) >= region[0] && middle(i) <= region[2]).join('')
}

/** The lines of text that stand within a box, in fractions of the upright page as submitted; empty where nothing does. */
export async function readRegion(page: Page, box: Box, ocr: OcrEngine): Promise<readonly string[]> {
  const band = bandAround(page, mapBox(box, invert(page.toSubmitted)))
  const [read] = await readPages({ pages: [band] }, ocr)
  const { toSubmitted } = read!.page
  const lines = read!.reading.lines.map(({ words }) =>
    words.map(({ text, box: word }) => partWithin(text, mapBox(word, toSubmitted), box)).filter(Boolean),
  )
  return lines.filter((words) => words.length > 0).map((words) => words.join(' '))
}
