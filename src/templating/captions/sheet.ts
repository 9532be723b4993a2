import type { OcrPage, TextLine, Word } from '../../core/document.ts'
import { height, hull, width, type Box } from '../../core/geometry.ts'

/** Words of a line that stand next to each other, up to the next gap that is wider than one between words. */
export interface Cell {
  readonly words: readonly Word[]
  readonly box: Box
}

/** A page as cells, with the sizes that distances on it are measured in. */
export interface Sheet {
  readonly page: number
  readonly rows: readonly (readonly Cell[])[]
  /** Median height of a word, as a fraction of the page's height. */
  readonly lineHeight: number
  /** Median width of a character, as a fraction of the page's width. */
  readonly charWidth: number
}

function median(values: readonly number[], otherwise: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? otherwise
}

const charWidthOf = ({ text, box }: Word): number => width(box) / Math.max(1, text.length)

/** Gaps between words are narrower than this, in characters of their size. */
const widestSpace = 1.5

/** What stands behind a colon without a space is a word of its own: "Date:17/06/2024". */
function parted(word: Word): readonly Word[] {
  const [, caption, value] = /^(\p{L}[\p{L}.' -]*[:：])([^\s/:].*)$/u.exec(word.text) ?? []
  if (caption === undefined || value === undefined) return [word]
  const [x0, y0, x1, y1] = word.box
  const at = x0 + (x1 - x0) * (caption.length / word.text.length)
  return [
    { ...word, text: caption, box: [x0, y0, at, y1] },
    { ...word, text: value, box: [at, y0, x1, y1] },
  ]
}

const cellOf = (words: readonly Word[]): Cell => ({ words, box: hull(words.map((w) => w.box)) })

function cellsOf(line: TextLine, charWidth: number): readonly Cell[] {
  const cells: Word[][] = []
  for (const word of line.words.flatMap(parted)) {
    const last = cells.at(-1)?.at(-1)
    const size = last ? (charWidthOf(last) + charWidthOf(word)) / 2 : 0
    const gap = last ? word.box[0] - last.box[2] : Infinity
    if (gap > widestSpace * Math.max(size, 0.8 * charWidth)) cells.push([word])
    else cells.at(-1)!.push(word)
  }
  return cells.map(cellOf)
}

const known = new WeakMap<OcrPage, Sheet>()

function sheetOf(page: OcrPage): Sheet {
  const words = page.lines.flatMap((line) => line.words)
  const charWidth = median(words.map(charWidthOf), 0.01)
  return {
    page: page.page,
    rows: page.lines.map((line) => cellsOf(line, charWidth)),
    lineHeight: median(
      words.map((word) => height(word.box)),
      0.01,
    ),
    charWidth,
  }
}

/** The cells of pages; made once a page. */
export const sheetsOf = (pages: readonly OcrPage[]): readonly Sheet[] =>
  pages.map((page) => {
    const sheet = known.get(page) ?? sheetOf(page)
    known.set(page, sheet)
    return sheet
  })

export const textOf = (words: readonly Word[]): string => words.map((word) => word.text).join(' ')
