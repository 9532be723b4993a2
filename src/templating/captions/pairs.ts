import type { OcrPage, Word } from '../../core/document.ts'
import { isBoundary, occurrencesOn, wantedOf, type Occurrence, type Wanted } from './occurrences.ts'
import { isHeading } from './readings.ts'
import { sheetsOf, textOf, type Cell, type Sheet } from './sheet.ts'
import { spell } from './spelling.ts'
import { stretchesOf, type Marked } from './surroundings.ts'

/** A caption as it is printed, and the words that stand beside or below it. */
export interface Pair {
  readonly caption: string
  /** As `spell` spells it. */
  readonly spelled: string
  readonly page: number
  readonly row: number
  readonly words: readonly Word[]
}

/** Words that a caption which nobody knows has at most. */
const mostWords = 5

/** What looks like a caption: words up to a colon, or all of the first of two cells whose second has a digit. */
function seenIn(cells: readonly Cell[], row: number, cell: number): readonly Occurrence[] {
  const texts = cells[cell]!.words.map(({ text }) => text)
  const colon = texts.findIndex((text) => /[:：]$/u.test(text)) + 1
  const isLabel =
    cell === 0 && cells.length === 2 && !/\d/.test(texts.join('')) && /\d/.test(textOf(cells[1]!.words))
  const to = colon > 0 ? colon : isLabel ? texts.length : 0
  const caption = texts.slice(0, to).join(' ')
  if (to === 0 || to > mostWords || !/\p{L}.*\p{L}/u.test(caption)) return []
  const isLast = to === texts.length && to > 1
  return [{ spelled: spell(caption), row, cell, from: 0, to, begins: true, isClosed: colon > 0, isLast }]
}

/** A page with all its captions: those that are wanted, those that business documents have, and what looks like one. */
export function captionsOf(sheet: Sheet, wanted: Wanted): Marked {
  const known = occurrencesOn(sheet, wanted)
  const captions = new Map<number, readonly Occurrence[]>()
  sheet.rows.forEach((cells, row) => {
    const seen = cells.flatMap((_, cell) => seenIn(cells, row, cell))
    const own = known.filter(
      (one) => one.row === row && !seen.some(({ cell, to }) => cell === one.cell && one.from < to),
    )
    if (own.length + seen.length > 0) captions.set(row, [...own, ...seen])
  })
  return { sheet, captions }
}

const captionText = ({ rows }: Sheet, { row, cell, from, to }: Occurrence): string =>
  textOf(rows[row]![cell]!.words.slice(from, to)).replace(/[\s:：#.]+$/u, '')

function pairsOf(marked: Marked): readonly Pair[] {
  return [...marked.captions].flatMap(([row, captions]) =>
    captions.filter(isBoundary).flatMap((at): readonly Pair[] => {
      const stretches = stretchesOf(marked, at)
      const nearest = stretches.find(({ words }) => !/^[\d.,\s]*%$/.test(textOf(words))) ?? stretches[0]
      if (!nearest || (nearest.side === 'below' && isHeading(marked, row))) return []
      const { sheet } = marked
      return [
        { caption: captionText(sheet, at), spelled: at.spelled, page: sheet.page, row, words: nearest.words },
      ]
    }),
  )
}

/** Captions and values of pages, from top to bottom; `spellings` are captions to look for beside those that are known. */
export const pairsOn = (pages: readonly OcrPage[], spellings: Iterable<string> = []): readonly Pair[] => {
  const wanted = wantedOf(spellings)
  return sheetsOf(pages).flatMap((sheet) => pairsOf(captionsOf(sheet, wanted)))
}
