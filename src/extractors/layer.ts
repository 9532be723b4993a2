import { distance } from 'fastest-levenshtein'
import type { OcrPage, Page, PageLayer, TextLine, Word } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import { centerX, centerY, type Box } from '../core/geometry.ts'
import { toOcrPage } from '../core/text-lines.ts'
import { readBands } from './cross-check.ts'

/** As it stands in results: raise the revision with every change to what a layer is trusted for. */
export const textLayer = { name: 'text-layer', revision: '1' } as const

/** Lines that are looked at: those with the most digits, and those with the most letters. */
const ROWS_OF_EACH = 2
/** How alike the layer and what an engine reads must be; a wrong mapping of letters gives next to nothing. */
const ALIKE = 0.6
/** Fewer signs than this tell nothing. */
const LEAST_SIGNS = 4

const digits = (text: string): string => text.replace(/\D/g, '')
/** In letters that every engine knows. */
const letters = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '')

const textOf = (words: readonly Word[]): string => words.map(({ text }) => text).join('')

const most = (lines: readonly TextLine[], signs: (text: string) => string): readonly TextLine[] =>
  [...lines]
    .sort((a, b) => signs(textOf(b.words)).length - signs(textOf(a.words)).length)
    .slice(0, ROWS_OF_EACH)

const isIn = (box: Box, around: Box): boolean =>
  centerX(box) >= around[0] &&
  centerX(box) <= around[2] &&
  centerY(box) >= around[1] &&
  centerY(box) <= around[3]

/** Whether an engine reads in some lines what the layer says, by one kind of sign; true where the lines have too few of them. */
function isAlike(
  lines: readonly TextLine[],
  seen: readonly Word[],
  signs: (text: string) => string,
): boolean {
  const pairs = lines.map(({ box, words }): readonly [string, string] => [
    signs(textOf(words)),
    signs(textOf(seen.filter((word) => isIn(word.box, box)))),
  ])
  const length = pairs.reduce((sum, [said, read]) => sum + Math.max(said.length, read.length), 0)
  const apart = pairs.reduce((sum, [said, read]) => sum + distance(said, read), 0)
  return pairs.reduce((sum, [said]) => sum + said.length, 0) < LEAST_SIGNS || apart <= (1 - ALIKE) * length
}

const wordsOf = ({ lines }: OcrPage): readonly Word[] => lines.flatMap(({ words }) => words)

const overlaps = (a: Box, b: Box): boolean =>
  Math.min(a[2], b[2]) > Math.max(a[0], b[0]) && Math.min(a[3], b[3]) > Math.max(a[1], b[1])

/**
 * What a page says of itself, once an engine has read a few of its lines alike: a layer can map its letters to others. Beside it
 * stands what the engine reads where the layer says nothing, if there is any print. Null for a layer that the engine denies.
 */
export async function readLayer(
  page: Page,
  { words, isAll }: PageLayer,
  ocr: OcrEngine,
  signal?: AbortSignal,
): Promise<OcrPage | null> {
  const said = toOcrPage(page.number, words)
  const sample = [...new Set([...most(said.lines, digits), ...most(said.lines, letters)])]
  const read = isAll
    ? await readBands(
        page,
        sample.map(({ box }) => box),
        ocr,
        signal,
      )
    : await ocr.recognize(page, signal)
  const seen = read ? wordsOf(read) : []
  if (!isAlike(sample, seen, digits) || !isAlike(sample, seen, letters)) return null
  if (isAll) return said
  const beside = seen.filter(({ box }) => !words.some((word) => overlaps(word.box, box)))
  return toOcrPage(page.number, [...words, ...beside])
}
