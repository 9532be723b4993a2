import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Word } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import { identity } from '../core/geometry.ts'
import { loadDocument } from '../imaging/load.ts'
import ppOcr from '../ocr/engines/pp-ocr.ts'
import { readPages, type ReadPage } from './read-pages.ts'
import { unknownScripts } from './unknown-script.ts'

let ocr: OcrEngine
beforeAll(async () => {
  ocr = await ppOcr()
})
afterAll(() => ocr.dispose?.())

describe('receipts as drawn for this test, a page a language', () => {
  const codesOf = async (language: string): Promise<readonly string[]> => {
    const bytes = await readFile(new URL(`./scripts/${language}.png`, import.meta.url))
    return unknownScripts(await readPages(await loadDocument(bytes), ocr), ocr).map(({ code }) => code)
  }

  test.each(['ar', 'bn', 'el', 'he', 'hi', 'hy', 'ja', 'ka', 'ko', 'ru', 'th', 'zh'])(
    '%s is in a script that is not read',
    async (language) => expect(await codesOf(language)).toEqual(['E_UNSUPPORTED_SCRIPT']),
  )

  test.each(['de', 'vi'])('%s is in Latin script', async (language) =>
    expect(await codesOf(language)).toEqual([]),
  )
})

const word = (text: string): Word => ({ text, confidence: 1, box: [0, 0, 0.1, 0.1] })

/** A page whose words stand in the file itself. */
const layerPage = (number: number, text: string): ReadPage => ({
  page: {
    number,
    image: { data: new Uint8Array(1), width: 1, height: 1 },
    toSubmitted: identity,
    quality: { sharpness: 1000, skew: 0 },
  },
  reading: { page: number, lines: [{ words: text.split(' ').map(word), box: [0, 0, 1, 1] }] },
  by: 'layer',
})

const russian = 'Счёт на оплату молока и хлеба за ноябрь Общество с ограниченной ответственностью'

test('what a file says of itself is told by its letters', () => {
  const pages = [
    layerPage(1, 'Invoice for milk and bread delivered in November by Corner Market'),
    layerPage(2, russian),
    layerPage(3, '12.50 OK'),
  ]
  expect(unknownScripts(pages, ocr).map(({ message }) => message)).toEqual([
    'Page 2 seems to be written in a script that is not read; only Latin script is.',
  ])
})

test('some foreign words on a page are no other script', () => {
  const mixed = `${russian} Invoice for milk and bread delivered in November by Corner Market to the canteen of the school`
  expect(unknownScripts([layerPage(1, mixed)], ocr)).toEqual([])
})

test('an engine that nobody has measured says nothing', async () => {
  const bytes = await readFile(new URL('./scripts/zh.png', import.meta.url))
  const pages = await readPages(await loadDocument(bytes), ocr)
  expect(unknownScripts(pages, { ...ocr, knownScriptConfidence: null })).toEqual([])
})
