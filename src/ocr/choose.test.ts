import { expect, test } from 'vitest'
import { lineText, type Word } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import type { CharacterModel } from '../onnx/character-model.ts'
import { testOcrEngine } from './contract.case.ts'
import { bothEngines, chooseReadings } from './choose.ts'
import { createOcrEngine } from './registry.ts'
import { toOcrPage } from '../core/text-lines.ts'

/** Knows what a total line looks like, and finds digits among letters odd. */
const model: CharacterModel = { score: (text, next) => (/\d/.test(next) && /[A-Z]$/.test(text) ? -9 : -2) }

/** Words of one line, ten letters across a tenth of the page. */
function line(y: number, confidence: number, ...texts: string[]): Word[] {
  let x = 0.1
  return texts.map((text) => {
    const box = [x, y, x + text.length / 100, y + 0.02] as const
    x += (text.length + 1) / 100
    return { text, confidence, box }
  })
}

const chosen = (first: readonly Word[], second: readonly Word[]): readonly string[] =>
  chooseReadings(toOcrPage(1, first), toOcrPage(1, second), model).lines.map(lineText)

test.each<[string, Word[], Word[], string[]]>([
  ['the surer reading', line(0.1, 0.3, 'T0TAL'), line(0.1, 0.95, 'TOTAL'), ['TOTAL']],
  ['the first reading where both are alike', line(0.1, 0.9, 'TOTAI'), line(0.1, 0.92, 'TOTAL'), ['TOTAI']],
  [
    'words apart rather than run together',
    line(0.1, 0.4, 'GRANDT0TAL'),
    line(0.1, 0.9, 'GRAND', 'TOTA'),
    ['GRAND TOTA'],
  ],
  ['what only the first saw', line(0.1, 0.2, 'FAINT'), [], ['FAINT']],
  ['what only the second saw, surely and in good form', [], line(0.1, 0.95, 'CASH'), ['CASH']],
  ['nothing of what only the second saw, and not surely', [], line(0.1, 0.5, 'CASH'), []],
  ['nothing of what only the second saw, in no form', [], line(0.1, 0.95, '~;|'), []],
  [
    'every place for itself',
    [...line(0.1, 0.9, 'TOTAL'), ...line(0.2, 0.3, '9,O0')],
    [...line(0.1, 0.4, 'T0TAL'), ...line(0.2, 0.9, '9.00')],
    ['TOTAL', '9.00'],
  ],
])('keeps %s', (_, first, second, expected) => expect(chosen(first, second)).toEqual(expected))

/** The same words with boxes of no width, of no height, or of neither. */
const flattened = (words: readonly Word[], width: number, height: number): Word[] =>
  words.map(({ box: [x0, y0, x1, y1], ...word }) => {
    const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2]
    return { ...word, box: [width ? x0 : x, height ? y0 : y, width ? x1 : x, height ? y1 : y] }
  })

test.each([
  [0, 1],
  [1, 0],
  [0, 0],
])('a box of width %i and height %i still stands in its place', (width, height) => {
  const surely = line(0.1, 0.95, 'TOTAL', 'CASH')
  const flat = flattened(surely, width, height)
  const doubtful = line(0.1, 0.3, 'T0TAL', 'CA5H')
  for (const [first, second] of [[surely, flat], [flat, surely], [flat, flat], [doubtful, flat]] as const) {
    const { lines } = chooseReadings(toOcrPage(1, first), toOcrPage(1, second), model)
    const words = lines.flatMap(({ words }) => words)
    expect(words.map((w) => w.text).sort()).toEqual(['CASH', 'TOTAL'])
    expect([...lines, ...words].flatMap(({ box }) => box).every(Number.isFinite)).toBe(true)
  }
}) // prettier-ignore

test('both engines are disposed of, though the first cannot be', async () => {
  const disposed: string[] = []
  const engine = (name: string, fault?: Error): OcrEngine => ({
    name,
    revision: '1',
    uprightConfidence: 0,
    knownScriptConfidence: null,
    digitConfusions: {},
    recognize: async ({ number }) => toOcrPage(number, []),
    async dispose() {
      disposed.push(name)
      if (fault) throw fault
    },
  })
  const both = bothEngines(engine('a', new Error('stuck')), engine('b'), model)
  await expect(both.dispose!()).rejects.toThrow('stuck')
  expect(disposed).toEqual(['a', 'b'])
})

testOcrEngine('pp-ocr+tesseract-js', () => createOcrEngine('pp-ocr+tesseract-js'))

test.each(['pp-ocr+tesseract+tesseract-js', 'pp-ocr+crystal', 'pp-ocr+'])('refuses %s', (name) =>
  expect(createOcrEngine(name)).rejects.toMatchObject({ code: 'E_BAD_REQUEST' }),
)
