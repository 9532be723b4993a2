import { afterAll, expect, test } from 'vitest'
import { lineText, type OcrPage, type Page } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import { loadDocument } from '../imaging/load.ts'
import { pdfWithText, printed } from '../imaging/test-layers.ts'
import ppOcr from '../ocr/engines/pp-ocr.ts'
import { ruleTagger } from '../ner/rule-tagger.ts'
import { receiptLabeller } from '../../schemas/receipt/labelling/labeller.ts'
import receipt from '../../schemas/receipt.ts'
import { modularExtractor } from './modular.ts'
import { readPages } from './read-pages.ts'

const engine = await ppOcr()
afterAll(() => engine.dispose?.())

/** The engine, and the share of each page that it was shown. */
function watched(): { readonly ocr: OcrEngine; readonly shown: number[] } {
  const shown: number[] = []
  const recognize = (page: Page): Promise<OcrPage> => {
    shown.push(page.image.height)
    return engine.recognize(page)
  }
  return { ocr: { ...engine, recognize }, shown }
}

const lines = [
  'Quillon Instruments Ltd',
  'Invoice QI-10417 of 17/06/2024',
  'Flow sensor 2 210.00 420.00',
  'Carried by hand to the door',
  'Thank you for your order',
  'Total 756.60',
]
const read = async (...contents: readonly string[]) => {
  const { ocr, shown } = watched()
  const document = await loadDocument(pdfWithText(contents.map((content) => ({ content }))))
  const pages = await readPages(document, ocr)
  return { shown, document, pages, texts: pages.map(({ reading }) => reading.lines.map(lineText)) }
}

test('a page is read by its text layer, of which the engine sees a few lines', async () => {
  const { texts, pages, shown, document } = await read(printed(lines))
  expect(texts).toEqual([lines])
  expect(pages[0]!.by).toBe('layer')
  expect(shown).toHaveLength(1)
  expect(shown[0]).toBeLessThan(document.pages[0]!.image.height)
  expect(pages[0]!.reading.lines[0]!.words[0]!.confidence).toBe(1)
})

test.each([
  ['all', printed(lines, { font: 'F2' })],
  [
    'the amounts',
    `${printed(lines.slice(0, 2))}\n${printed(['2 210.00 420.00', '756.60 126.10 630.50'], { font: 'F2', top: 380 })}`,
  ],
  [
    'the names',
    `${printed(['Quillon Instruments Ltd', 'Foundry Lane Leeds'], { font: 'F2' })}\n${printed(['17/06/2024', '756.60'], { top: 380 })}`,
  ],
])('a layer that says other letters than the page shows is read by the engine: %s', async (_, content) => {
  const { texts, pages } = await read(content)
  expect(pages[0]!.by).toBe('ocr')
  expect(texts[0]!.join(' ')).toMatch(/756\.60/)
})

test('pages of one file are read each in its own way', async () => {
  const { pages } = await read(printed(lines), printed(lines, { before: '3 Tr' }), printed(lines))
  expect(pages.map(({ by }) => by)).toEqual(['layer', 'ocr', 'layer'])
})

test('what the layer does not have is read beside it', async () => {
  const { pages, texts } = await read(
    `${printed([...lines, ...lines])}\n${printed(['APPROVED 4711'], { font: 'F3', top: 100 })}`,
  )
  expect(pages[0]!.by).toBe('both')
  expect(texts[0]!.slice(0, 12)).toEqual([...lines, ...lines])
  expect(texts[0]!.slice(12).join(' ')).toContain('4711')
})

test.each([
  [[printed(lines)], ['text-layer', 'pp-ocr', 'rules']],
  [
    [printed(lines), printed(lines, { before: '3 Tr' })],
    ['text-layer', 'pp-ocr', 'rules'],
  ],
  [[printed(lines, { before: '3 Tr' })], ['pp-ocr', 'rules']],
])('what was read tells by what', async (contents, expected) => {
  const document = await loadDocument(pdfWithText(contents.map((content) => ({ content }))))
  const extractor = modularExtractor({ ocr: engine, tagger: ruleTagger([receiptLabeller]) })
  const { producedBy } = await extractor.extract(document, receipt)
  expect(Object.keys(producedBy)).toEqual(expected)
})
