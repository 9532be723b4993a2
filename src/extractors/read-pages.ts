import { wordConfidence, type Document, type OcrPage, type Page } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import { turn } from '../imaging/half-turn.ts'
import { readLayer } from './layer.ts'

/** A page the right way up, and what was read on it. */
export interface ReadPage {
  readonly page: Page
  readonly reading: OcrPage
  /** Whose words they are: the engine's, the file's own, or of both. */
  readonly by: 'ocr' | 'layer' | 'both'
}

/** How surely the page was read; 1 for a page without words, which no turning helps. */
function legibility({ lines }: OcrPage): number {
  const words = lines.flatMap((line) => line.words)
  return words.length === 0 ? 1 : wordConfidence(words)
}

async function recognized(page: Page, ocr: OcrEngine, signal?: AbortSignal): Promise<ReadPage> {
  const reading = await ocr.recognize(page, signal)
  if (legibility(reading) >= ocr.uprightConfidence) return { page, reading, by: 'ocr' }
  const turned = turn(page)
  const again = await ocr.recognize(turned, signal)
  const isBetter = legibility(again) > legibility(reading)
  return isBetter ? { page: turned, reading: again, by: 'ocr' } : { page, reading, by: 'ocr' }
}

async function readPage(page: Page, ocr: OcrEngine, signal?: AbortSignal): Promise<ReadPage> {
  const { layer, ...bare } = page
  const reading = layer ? await readLayer(page, layer, ocr, signal) : null
  if (!layer || !reading) return recognized(bare, ocr, signal)
  return { page, reading, by: layer.isAll ? 'layer' : 'both' }
}

/**
 * Reads every page: by the text that the file holds of it where that can be trusted, else by the engine. One that can hardly be
 * read is tried upside down, and the better reading counts.
 */
export async function readPages(
  { pages }: Document,
  ocr: OcrEngine,
  signal?: AbortSignal,
): Promise<readonly ReadPage[]> {
  const read: ReadPage[] = []
  for (const page of pages) read.push(await readPage(page, ocr, signal))
  return read
}
