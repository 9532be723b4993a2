import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, PSM, type Page as Recognized } from 'tesseract.js'
import type { PageImage, Word } from '../../core/document.ts'
import type { DigitConfusions, OcrEngine } from '../../core/engines.ts'
import { ParallaxError } from '../../core/errors.ts'
import { toPgm } from '../pgm.ts'
import { toOcrPage } from '../../core/text-lines.ts'

const require = createRequire(import.meta.url)

/** English as integer LSTM, from its npm package: nothing is downloaded when a page is read. */
const language = 'eng'
const languageFolder = (): string =>
  join(dirname(require.resolve('@tesseract.js-data/eng/package.json')), '4.0.0_best_int')

/** Single misread digits in the amounts of training receipts. */
// prettier-ignore
const digitConfusions: DigitConfusions = {
  '7→1': 28, '9→8': 25, '5→6': 23, '0→6': 21, '0→8': 21, '6→8': 21, '8→6': 18, '6→4': 18,
  '5→8': 16, '0→9': 16, '0→4': 14, '3→2': 13, '8→3': 13, '6→5': 9, '9→0': 8, '9→2': 8,
  '5→3': 7, '4→8': 5, '0→1': 5, '5→9': 4, '3→5': 4, '1→4': 4, '1→0': 3, '4→3': 3,
}

function wordsOf(recognized: Recognized, { width, height }: PageImage): Word[] {
  return (recognized.blocks ?? [])
    .flatMap((block) => block.paragraphs)
    .flatMap((paragraph) => paragraph.lines)
    .flatMap((line) => line.words)
    .map(({ text, confidence, bbox }) => ({
      text: text.trim(),
      confidence: confidence / 100,
      box: [bbox.x0 / width, bbox.y0 / height, bbox.x1 / width, bbox.y1 / height],
    }))
}

/** Tesseract as WebAssembly, shipped with Parallax; runs everywhere, one page at a time. */
export default async function tesseractJs(): Promise<OcrEngine> {
  const { version } = require('tesseract.js/package.json') as { version: string }
  const worker = await createWorker(language, 1, {
    langPath: languageFolder(),
    gzip: true,
    cacheMethod: 'none',
    // Without a handler a page it cannot read ends the whole process.
    errorHandler: () => {},
  })
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_BLOCK })
  return {
    name: 'tesseract-js',
    revision: version,
    uprightConfidence: 0.42,
    knownScriptConfidence: null,
    digitConfusions,
    async recognize(page, signal) {
      signal?.throwIfAborted()
      const output = { text: false, blocks: true }
      const result = await worker.recognize(toPgm(page.image), {}, output).catch((reason: unknown) => {
        throw new ParallaxError('E_ENGINE', `Tesseract could not read the page: ${String(reason)}`)
      })
      signal?.throwIfAborted()
      return toOcrPage(page.number, wordsOf(result.data, page.image))
    },
    async dispose() {
      await worker.terminate()
    },
  }
}
