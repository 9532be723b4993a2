import type { OcrPage, Word } from '../../core/document.ts'
import { height } from '../../core/geometry.ts'
import { isBoundary, occurrencesOn, wantedOf, type Occurrence, type Wanted } from './occurrences.ts'
import { isHeading } from './readings.ts'
import { sheetsOf, textOf, type Cell, type Sheet } from './sheet.ts'
import { spell } from './spelling.ts'
import { linesBelow, stretchesOf, type Marked } from './surroundings.ts'

/** A caption as it is printed, and the words that stand beside or below it. */
export interface Pair {
  readonly caption: string
  /** As `spell` spells it. */
  readonly spelled: string
  readonly page: number
  readonly row: number
  readonly captionWords: readonly Word[]
  readonly words: readonly Word[]
}

/** Words that a caption which nobody knows has at most. */
const mostWords = 5

/** A caption that begins its cell. */
const opening = (
  texts: readonly string[],
  at: Pick<Occurrence, 'row' | 'cell' | 'isClosed' | 'isLast'>,
): Occurrence => ({ ...at, spelled: spell(texts.join(' ')), from: 0, to: texts.length, begins: true })

/** What looks like a caption: words up to a colon, or all of the first of two cells whose second has a digit. */
function seenIn(cells: readonly Cell[], row: number, cell: number): readonly Occurrence[] {
  const texts = cells[cell]!.words.map(({ text }) => text)
  const colon = texts.findIndex((text) => /[:：]$/u.test(text)) + 1
  const isLabel =
    cell === 0 && cells.length === 2 && !/\d/.test(texts.join('')) && /\d/.test(textOf(cells[1]!.words))
  const to = colon > 0 ? colon : isLabel ? texts.length : 0
  const caption = texts.slice(0, to)
  if (to === 0 || to > mostWords || !/\p{L}.*\p{L}/u.test(caption.join(' '))) return []
  return [opening(caption, { row, cell, isClosed: colon > 0, isLast: to === texts.length && to > 1 })]
}

/** Of the height of a value, what its caption has at most where it stands above it in small print. */
const smallPrint = 0.87

/** What stands right below a cell that may be a caption, at its left edge. */
function belowCaption(
  { rows, lineHeight, charWidth }: Sheet,
  row: number,
  { words, box }: Cell,
): Cell | undefined {
  const isCaption = words.length <= mostWords && /^\P{N}*\p{L}\P{N}*\p{L}\P{N}*$/u.test(textOf(words))
  if (!isCaption) return undefined
  return rows[row + 1]?.find(
    (other) => Math.abs(other.box[0] - box[0]) < 1.5 * charWidth && other.box[1] - box[3] < 1.2 * lineHeight,
  )
}

/** Whether most of a row stands in small print right above something larger, as the captions of a form's boxes do. */
function isSmall(sheet: Sheet, cells: readonly Cell[], row: number): boolean {
  const pairs = cells.flatMap((cell) => {
    const below = belowCaption(sheet, row, cell)
    return below ? [[height(cell.box), height(below.box)] as const] : []
  })
  const sum = (side: 0 | 1): number => pairs.reduce((all, pair) => all + pair[side], 0)
  return pairs.length > 0 && 2 * pairs.length >= cells.length && sum(0) <= smallPrint * sum(1)
}

/** Whether a word that may be a caption is but one of a value's: "12, rue du Port" behind "Rue:". */
const isOrdinary = ({ rows }: Sheet, { row, cell, from, to, isClosed }: Occurrence): boolean =>
  !isClosed && to === from + 1 && /^\p{Ll}/u.test(rows[row]![cell]!.words[from]!.text)

const leftFirst = (a: Occurrence, b: Occurrence): number => a.cell - b.cell || a.from - b.from

interface Captioned extends Marked {
  /** Rows of captions whose values stand below. */
  readonly small: ReadonlySet<number>
}

/** A page with all its captions: those that are wanted, those that business documents have, and what looks like one. */
export function captionsOf(sheet: Sheet, wanted: Wanted): Captioned {
  const known = occurrencesOn(sheet, wanted)
  const small = new Set(sheet.rows.flatMap((cells, row) => (isSmall(sheet, cells, row) ? [row] : [])))
  const captions = new Map<number, readonly Occurrence[]>()
  const inRow = (cells: readonly Cell[], row: number): readonly Occurrence[] => {
    if (small.has(row - 1)) return []
    if (!small.has(row)) return cells.flatMap((_, cell) => seenIn(cells, row, cell))
    const texts = cells.map(({ words }) => words.map(({ text }) => text))
    return texts.map((own, cell) => opening(own, { row, cell, isClosed: true, isLast: false }))
  }
  sheet.rows.forEach((cells, row) => {
    const seen = inRow(cells, row)
    const isWithin = (one: Occurrence): boolean =>
      seen.some(({ cell, to }) => cell === one.cell && (one.from < to || isOrdinary(sheet, one)))
    const own = known.filter((one) => one.row === row && !small.has(row - 1) && !isWithin(one))
    if (own.length + seen.length > 0) captions.set(row, [...own, ...seen].sort(leftFirst))
  })
  return { sheet, captions, small }
}

const wordsOf = ({ rows }: Sheet, { row, cell, from, to }: Occurrence): readonly Word[] =>
  rows[row]![cell]!.words.slice(from, to)

/** The words of a caption's value: what stands nearest to it and is no rate; only what is below it for one in small print. */
function valueOf(marked: Captioned, at: Occurrence): readonly Word[] {
  if (marked.small.has(at.row)) return linesBelow(marked, at, 1).flat()
  const stretches = stretchesOf(marked, at)
  const nearest = stretches.find(({ words }) => !/^[\d.,\s]*%$/.test(textOf(words))) ?? stretches[0]
  return nearest && !(nearest.side === 'below' && isHeading(marked, at.row)) ? nearest.words : []
}

function pairsOf(marked: Captioned): readonly Pair[] {
  return [...marked.captions].flatMap(([row, captions]) =>
    captions.filter(isBoundary).flatMap((at): readonly Pair[] => {
      const [captionWords, words] = [wordsOf(marked.sheet, at), valueOf(marked, at)]
      const caption = textOf(captionWords).replace(/[\s:：#.]+$/u, '')
      return words.length > 0
        ? [{ caption, spelled: at.spelled, page: marked.sheet.page, row, captionWords, words }]
        : []
    }),
  )
}

/** Captions and values of pages, from top to bottom and from left to right; `spellings` are captions to look for beside those that are known. */
export const pairsOn = (pages: readonly OcrPage[], spellings: Iterable<string> = []): readonly Pair[] => {
  const wanted = wantedOf(spellings)
  return sheetsOf(pages).flatMap((sheet) => pairsOf(captionsOf(sheet, wanted)))
}
