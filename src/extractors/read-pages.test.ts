import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OcrEngine } from '../core/engines.ts'
import { mapBox, type Box } from '../core/geometry.ts'
import { loadDocument } from '../imaging/load.ts'
import { createOcrEngine } from '../ocr/registry.ts'
import { turn } from '../imaging/half-turn.ts'
import { readPages, type ReadPage } from './read-pages.ts'

const sample = new URL('../../samples/receipt/my-pharmacy-scan-02/page.jpg', import.meta.url)

let ocr: OcrEngine
beforeAll(async () => {
  ocr = await createOcrEngine('tesseract-js')
})
afterAll(() => ocr.dispose?.())

/** Where a word stands on the page as submitted. */
function find({ page, reading }: ReadPage, text: string): Box | null {
  const word = reading.lines.flatMap((line) => line.words).find((w) => w.text.includes(text))
  return word ? mapBox(word.box, page.toSubmitted) : null
}

async function readOne(bytes: Uint8Array): Promise<ReadPage> {
  const [read] = await readPages(await loadDocument(bytes), ocr)
  return read!
}

test('a page on its head is read as well, and its boxes stand where the words do', async () => {
  const bytes = await readFile(sample)
  const upright = await readOne(bytes)
  const turned = await readOne(await sharp(bytes).rotate(180).jpeg({ quality: 95 }).toBuffer())
  const [x0, y0, x1, y1] = find(upright, 'Sanitiser')!
  find(turned, 'Sanitiser')!.forEach((v, i) => {
    expect(v).toBeCloseTo([1 - x1, 1 - y1, 1 - x0, 1 - y0][i]!, 1)
  })
})

test('two half turns change nothing', async () => {
  const [page] = (await loadDocument(await readFile(sample))).pages
  const twice = turn(turn(page!))
  expect(Buffer.compare(twice.image.data, page!.image.data)).toBe(0)
  twice.toSubmitted.forEach((v, i) => expect(v).toBeCloseTo(page!.toSubmitted[i]!, 9))
})
