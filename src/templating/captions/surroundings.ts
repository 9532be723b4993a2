import type { Word } from '../../core/document.ts'
import { continuesCaption } from './lexicon.ts'
import { isBoundary, type Occurrence } from './occurrences.ts'
import { textOf, type Cell, type Sheet } from './sheet.ts'

/** Words that may be a caption's value, nearest first; `gap` tells whether something parts them from the caption. */
export interface Stretch {
  readonly words: readonly Word[]
  readonly side: 'beside' | 'right' | 'below'
}

/** A page, and the captions on it by row. */
export interface Marked {
  readonly sheet: Sheet
  readonly captions: ReadonlyMap<number, readonly Occurrence[]>
}

const boundariesIn = ({ captions }: Marked, row: number, cell: number): readonly Occurrence[] =>
  (captions.get(row) ?? []).filter((one) => one.cell === cell && isBoundary(one))

/** A cell that reads like a caption that nobody knows: no digit, and a word of captions or a colon at its end. */
function looksLikeCaption({ words }: Cell): boolean {
  const text = textOf(words)
  if (/\d/.test(text)) return false
  return (
    /[:：#]$/u.test(text) ||
    (words.length > 1 && words.length < 6 && words.some((w) => continuesCaption(w.text)))
  )
}

const punctuation = /^[:：#=.\-–|/№]+$/u
const trimmed = (words: readonly Word[]): readonly Word[] => {
  const start = words.findIndex((w) => !punctuation.test(w.text))
  return start < 0 ? [] : words.slice(start)
}

/** The rest of the caption's cell, up to the next caption. */
function beside(marked: Marked, { row, cell, from, to }: Occurrence): readonly Word[] {
  const next = boundariesIn(marked, row, cell).find((one) => one.from >= to && one.from > from)
  return trimmed(marked.sheet.rows[row]![cell]!.words.slice(to, next?.from))
}

/** Whether the caption is the last of its cell that stands there: what follows on the row may be its value. */
const isLast = (marked: Marked, { row, cell, from }: Occurrence): boolean =>
  !boundariesIn(marked, row, cell).some((one) => one.from > from)

/** The cells to the right, until the next caption. */
function toTheRight(marked: Marked, occurrence: Occurrence): readonly (readonly Word[])[] {
  const { row, cell } = occurrence
  if (!isLast(marked, occurrence)) return []
  const found: (readonly Word[])[] = []
  for (let at = cell + 1; at < marked.sheet.rows[row]!.length; at++) {
    const next = marked.sheet.rows[row]![at]!
    const [first] = boundariesIn(marked, row, at)
    if (first?.from === 0 || looksLikeCaption(next)) break
    found.push(next.words.slice(0, first?.from))
    if (first) break
  }
  return found
}

/** Rows between a caption and the value below it, in heights of a line. */
const farthestBelow = 2.6
/** Lines of one text follow each other within this, from top to top in heights of a line. */
const lineStep = 2.1

const overlaps = (cell: Cell, left: number, right: number): boolean =>
  cell.box[0] < right && cell.box[2] > left

/** A column across the page: words that begin left of `end` and do not end before `start` are in it. */
interface Column {
  readonly start: number
  readonly end: number
  /** Where the caption itself stands. */
  readonly left: number
  readonly right: number
}

/** The column of a caption: from what ends before it on its row to what begins after it. */
function columnOf(marked: Marked, { row, cell, from, to }: Occurrence): Column {
  const { rows, charWidth } = marked.sheet
  const { words } = rows[row]![cell]!
  const next = boundariesIn(marked, row, cell).find((one) => one.from >= to)
  const caption = words.slice(from, to)
  const left = caption[0]!.box[0] - 2 * charWidth
  return {
    start: words[from - 1]?.box[2] ?? rows[row]![cell - 1]?.box[2] ?? -1,
    end: (next ? words[next.from]! : rows[row]![cell + 1])?.box[0] ?? 2,
    left,
    right: Math.max(caption.at(-1)!.box[2] + 2 * charWidth, left + 4 * charWidth),
  }
}

/** The words of a row in a column; null where another caption stands there. */
function inColumn(marked: Marked, row: number, { start, end, left, right }: Column): readonly Word[] | null {
  const words: Word[] = []
  for (const [at, cell] of marked.sheet.rows[row]!.entries()) {
    if (!overlaps(cell, left, right)) continue
    const isCaption = boundariesIn(marked, row, at).some(({ from }) => from === 0)
    if (isCaption || looksLikeCaption(cell)) return words.length > 0 ? words : null
    words.push(...cell.words.filter(({ box }) => box[0] < end && (box[0] + box[2]) / 2 > start))
  }
  return words
}

/** The lines below a caption in its column, up to the next caption there or a gap. */
export function linesBelow(
  marked: Marked,
  occurrence: Occurrence,
  most: number,
): readonly (readonly Word[])[] {
  const { rows, lineHeight } = marked.sheet
  const { row, cell, to } = occurrence
  const column = columnOf(marked, occurrence)
  const lines: (readonly Word[])[] = []
  let bottom = rows[row]![cell]!.words[to - 1]!.box[3]
  for (let at = row + 1; at < rows.length && lines.length < most; at++) {
    const words = inColumn(marked, at, column)
    if (words === null) break
    if (words.length === 0) continue
    const far = (words[0]!.box[1] - bottom) / lineHeight
    if (far > (lines.length === 0 ? farthestBelow : lineStep - 1)) break
    lines.push(words)
    bottom = words[0]!.box[3]
  }
  return lines
}

/** Whether a line ends as if more were to come, or the next one begins in its middle. */
const isBroken = (line: readonly Word[], next: readonly Word[]): boolean =>
  /[,&/-]$/.test(line.at(-1)!.text) || /^(?:&|\p{Ll})/u.test(next[0]!.text)

/** The lines that go on below a text, at its left edge, where no caption stands before them; `all` where every line does. */
export function goesOn(
  marked: Marked,
  row: number,
  words: readonly Word[],
  most: number,
  all: boolean,
): readonly Word[] {
  const { sheet } = marked
  const left = words[0]!.box[0]
  const lines: (readonly Word[])[] = [words]
  for (let at = row + 1; at < sheet.rows.length && lines.length <= most; at++) {
    const line = lines.at(-1)!
    const cells = sheet.rows[at]!
    const index = cells.findIndex((cell) => Math.abs(cell.box[0] - left) < sheet.charWidth)
    const cell = cells[index]
    if (!cell || (cell.box[1] - line[0]!.box[3]) / sheet.lineHeight > lineStep - 1.2) break
    const before = cells[index - 1]
    if (before && left - before.box[2] < 40 * sheet.charWidth) break
    if (boundariesIn(marked, at, index).length > 0 || looksLikeCaption(cell)) break
    if (!all && !isBroken(line, cell.words)) break
    lines.push(cell.words)
  }
  return lines.slice(1).flat()
}

/** What stands in the caption's own cell behind it, up to the next caption. */
export const restOf = beside

/** Everything that may be a caption's value, in the order in which it is tried. */
export function stretchesOf(marked: Marked, occurrence: Occurrence): readonly Stretch[] {
  const own = beside(marked, occurrence)
  const right = toTheRight(marked, occurrence)
  const below = linesBelow(marked, occurrence, 1)
  return [
    ...(own.length > 0 ? [{ words: own, side: 'beside' as const }] : []),
    ...right.map((words) => ({ words: trimmed(words), side: 'right' as const })),
    ...below.map((words) => ({ words, side: 'below' as const })),
  ].filter(({ words }) => words.length > 0)
}
