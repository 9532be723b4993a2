import type { Box } from '../../core/geometry.ts'
import { plain } from '../anchor.ts'
import type { Finding } from '../rule.ts'
import { guess, letterhead } from './letterhead.ts'
import { isBoundary } from './occurrences.ts'
import { textOf, type Cell } from './sheet.ts'
import type { Marked } from './surroundings.ts'

/** Share of the page, from its top, in which whoever gets a document is named. */
const upperPart = 0.5
/** Lines of one address follow each other within this, from top to top in heights of a line. */
const lineStep = 2.2
/** Lines that an address has at the most, its name among them. */
const mostLines = 7

/** A line with a town as addresses have it: behind its postal code, before it, or with a British or Dutch one. */
const town =
  /^(?:[A-Z]{1,2}[- ]?)?\d{4,6}[ ,]+\p{L}{2}|\p{L}{2}[ ,]+\d{5}(?:-\d{4})?$|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$|^\d{4} ?[A-Z]{2}\b/u

/** What may stand above a name in an address. */
const salutation =
  /^(?:herrn?|frau|firma|an|mr|mrs|ms|messrs|m\.|mme|monsieur|madame|sr|sra|attn|à l.attention de)\.?:?$/iu

const isName = (text: string): boolean => {
  const letters = text.replace(/[^\p{L}]/gu, '').length
  return letters >= 3 && letters >= text.length / 2 && !/\d{2}|\d$|[:@]|www\./.test(text)
}

/** Whether two lines begin, end or have their middle at one place. */
const isAligned = ([a0, , a1]: Box, [b0, , b1]: Box, near: number): boolean =>
  [a0 - b0, a1 - b1, (a0 + a1 - b0 - b1) / 2].some((apart) => Math.abs(apart) < near)

/** The lines above each other at one edge or around one middle, from a cell on. */
function blockFrom({ sheet }: Marked, row: number, first: Cell): readonly Cell[] {
  const block = [first]
  for (let at = row + 1; at < sheet.rows.length && block.length < mostLines; at++) {
    const last = block.at(-1)!
    const step = (sheet.rows[at]![0]!.box[1] - last.box[1]) / sheet.lineHeight
    if (step > lineStep) break
    const next = sheet.rows[at]!.find(({ box }) => isAligned(box, last.box, 1.5 * sheet.charWidth))
    if (next) block.push(next)
  }
  return block
}

/** Addresses in the upper part of a page, each as the lines from its name down to its town. */
function addressesOn(marked: Marked): readonly (readonly Cell[])[] {
  const taken = new Set<Cell>()
  return marked.sheet.rows.flatMap((cells, row) =>
    cells.flatMap((cell) => {
      if (taken.has(cell) || cell.box[1] > upperPart) return []
      const block = blockFrom(marked, row, cell)
      const end = block.findIndex(({ words }, i) => i > 0 && town.test(textOf(words)))
      const lines = block.slice(0, end + 1)
      lines.forEach((line) => taken.add(line))
      return lines.length > 0 ? [lines] : []
    }),
  )
}

/** Cells that begin with a caption. */
const captionsOf = ({ sheet, captions }: Marked): ReadonlySet<Cell> =>
  new Set(
    [...captions].flatMap(([row, found]) =>
      found.filter(isBoundary).map(({ cell }) => sheet.rows[row]![cell]!),
    ),
  )

/**
 * The name above an address in the upper part of the first page that is not the seller's own: whoever gets a letter is named
 * in its window, without a caption.
 */
export function addressee(marked: Marked): readonly Finding[] {
  const { sheet } = marked
  if (sheet.page !== 1) return []
  const [seller] = letterhead(marked)
  const captioned = captionsOf(marked)
  for (const lines of addressesOn(marked)) {
    const named = lines.find((line, i) => {
      const text = textOf(line.words)
      return !(i === 0 && captioned.has(line)) && !salutation.test(text) && isName(text)
    })
    if (!named || named === lines.at(-1)) continue
    const { words } = named
    const text = textOf(words)
    if (seller && plain(String(seller.value)) === plain(text)) continue
    const confidence = guess * Math.min(...words.map((word) => word.confidence))
    return [{ value: text, text, page: sheet.page, words, confidence }]
  }
  return []
}
