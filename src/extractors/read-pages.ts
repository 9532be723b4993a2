import { wordConfidence, type Document, type OcrPage, type Page } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import type { Transform } from '../core/geometry.ts'

/** A page the right way up, and what was read on it. */
export interface ReadPage {
  readonly page: Page
  readonly reading: OcrPage
}

/** How surely the page was read; 1 for a page without words, which no turning helps. */
function legibility({ rows }: OcrPage): number {
  const words = rows.flatMap((row) => row.words)
  return words.length === 0 ? 1 : wordConfidence(words)
}

/** The map of a half turn, (x, y) → (1 − x, 1 − y), before another. */
const halfTurned = ([a, b, c, d, e, f]: Transform): Transform => [-a, -b, -c, -d, a + c + e, b + d + f]

/** The page turned upside down; boxes still lead to the same places of the page as submitted. */
export function turn(page: Page): Page {
  const { data, width, height } = page.image
  const image = { data: Uint8Array.from(data).reverse(), width, height }
  return { ...page, image, toSubmitted: halfTurned(page.toSubmitted) }
}

async function readPage(page: Page, ocr: OcrEngine, signal?: AbortSignal): Promise<ReadPage> {
  const reading = await ocr.recognize(page, signal)
  if (legibility(reading) >= ocr.uprightConfidence) return { page, reading }
  const turned = turn(page)
  const again = await ocr.recognize(turned, signal)
  return legibility(again) > legibility(reading) ? { page: turned, reading: again } : { page, reading }
}

/** Reads every page; one that can hardly be read is tried upside down, and the better reading counts. */
export async function readPages(
  { pages }: Document,
  ocr: OcrEngine,
  signal?: AbortSignal,
): Promise<readonly ReadPage[]> {
  const read: ReadPage[] = []
  for (const page of pages) read.push(await readPage(page, ocr, signal))
  return read
}
