import type { TextLine, Word } from '../../core/document.ts'
import { hull, type Box } from '../../core/geometry.ts'
import type { FloatTensor, IntTensor } from '../session.ts'
import { gramsOf } from './grams.ts'
import type { AskerManifest } from './manifest.ts'

type Specification = AskerManifest['features']

/** A word on its page, in heights of a line from the page's leftmost and topmost word on. */
interface Placed {
  readonly word: Word
  readonly line: number
  readonly box: Box
}

/** Words that stand close together in a line. */
interface Cell {
  readonly first: number
  readonly words: number
  readonly line: number
  readonly left: number
  readonly right: number
  readonly middle: number
}

/** What the network is given of a page, and where its words go on. */
export interface PageInputs {
  readonly tensors: Readonly<
    Record<'grams' | 'features' | 'boxes' | 'neighbours' | 'below', FloatTensor | IntTensor>
  >
  /** Of each word the word right of it in its line, and the first of the cell below where it ends one; -1 for none. */
  readonly right: readonly number[]
  readonly below: readonly number[]
}

const lengthOf = (text: string): number => Math.max(1, Array.from(text).length)
const middleOf = ([, top, , bottom]: Box): number => (top + bottom) / 2

/** The upper median, never 0. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.max(1e-6, sorted[Math.floor(sorted.length / 2)]!)
}

/** Across in twice the median width of a letter, down in the median height of a word. */
function placed(lines: readonly TextLine[]): readonly Placed[] {
  const all = lines.flatMap(({ words }, line) => words.map((word) => ({ word, line })))
  const across = 2 * median(all.map(({ word }) => (word.box[2] - word.box[0]) / lengthOf(word.text)))
  const down = median(all.map(({ word }) => word.box[3] - word.box[1]))
  const [left, top] = hull(all.map(({ word }) => word.box))
  return all.map(({ word, line }) => {
    const [x0, y0, x1, y1] = word.box
    return {
      word,
      line,
      box: [(x0 - left) / across, (y0 - top) / down, (x1 - left) / across, (y1 - top) / down],
    }
  })
}

function cellsOf(words: readonly Placed[], gap: number): readonly Cell[] {
  const cells: Cell[] = []
  words.forEach(({ line, box }, i) => {
    const last = cells.at(-1)
    if (last?.line === line && box[0] - words[i - 1]!.box[2] <= gap)
      cells[cells.length - 1] = { ...last, words: last.words + 1, right: Math.max(last.right, box[2]) }
    else cells.push({ first: i, words: 1, line, left: box[0], right: box[2], middle: middleOf(box) })
  })
  return cells
}

const isOf = (text: string, kind: RegExp): number => text.match(kind)?.length ?? 0
const flag = (is: boolean): number => (is ? 1 : 0)

/** What a word looks like: the order is that of the training (`features.shapes` of the manifest). */
function shapeOf(text: string, length: number): number[] {
  const n = lengthOf(text)
  const [digits, capitals, small] = [isOf(text, /\p{Nd}/gu), isOf(text, /\p{Lu}/gu), isOf(text, /\p{Ll}/gu)]
  return [
    Math.min(n, length) / length,
    digits / n,
    capitals / n,
    small / n,
    (n - digits - capitals - small) / n,
    flag(/^\p{Lu}/u.test(text)),
    flag(text.endsWith(':')),
    flag(/[,;]$/.test(text)),
    flag(text.endsWith('.')),
    flag(/[0-9][.,][0-9]{2}(?![0-9])/.test(text)),
    flag(/\p{Sc}/u.test(text)),
    flag(text.includes('@')),
    flag(text.includes('%')),
    flag(/[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}/.test(text)),
    flag(/[0-9]:[0-9]{2}/.test(text)),
    flag(!/[\p{L}\p{N}]/u.test(text)),
    flag(text.includes('#')),
    flag(text.startsWith('(')),
  ]
}

/** White space between two neighbours of a line, 0 to 1; 1 beside none. */
function gapOf(left: Placed | undefined, right: Placed | undefined): number {
  if (!left || left.line !== right?.line) return 1
  return Math.log2(1 + Math.min(15, Math.max(0, right.box[0] - left.box[2]))) / 4
}

/** Where the words stand among the others: the order is that of the training (`features.places`). */
function placesOf(words: readonly Placed[], cells: readonly Cell[]): number[][] {
  const wide = words.reduce((most, { box }) => Math.max(most, box[2]), 1)
  const high = words.reduce((most, { box }) => Math.max(most, box[3]), 1)
  const inLine = new Map<number, number>()
  for (const { line } of cells) inLine.set(line, (inLine.get(line) ?? 0) + 1)
  return cells.flatMap((cell) =>
    Array.from({ length: cell.words }, (_, place) => {
      const i = cell.first + place
      const { box, line } = words[i]!
      return [
        box[0] / wide,
        box[2] / wide,
        middleOf(box) / high,
        Math.min(2, Math.max(-2, Math.log2(Math.max(box[3] - box[1], 1e-3)))) / 2,
        gapOf(words[i - 1], words[i]),
        gapOf(words[i], words[i + 1]),
        Math.min(place, 8) / 8,
        Math.min(cell.words - 1 - place, 8) / 8,
        flag(words[i - 1]?.line !== line),
        Math.min(inLine.get(line)!, 8) / 8,
      ]
    }),
  )
}

/** The nearest word that `i` overlaps across, of those on the lines that are asked for; -1 for none. */
function nearest(words: readonly Placed[], i: number, isOn: (line: number) => boolean): number {
  const { box, line: own } = words[i]!
  let [best, least] = [-1, Infinity]
  words.forEach(({ box: other, line }, j) => {
    if (line === own || !isOn(line) || Math.min(box[2], other[2]) - Math.max(box[0], other[0]) <= 0) return
    const across = Math.abs((box[0] + box[2]) / 2 - (other[0] + other[2]) / 2)
    const score = Math.abs(middleOf(box) - middleOf(other)) + 0.1 * across
    if (score < least) [best, least] = [j, score]
  })
  return best
}

/** The cell in which the text of another goes on: of the nearest line below the one that overlaps most. */
function cellBelow(cell: Cell, cells: readonly Cell[], reach: number): Cell | null {
  let [best, least]: [Cell | null, number] = [null, Infinity]
  for (const other of cells) {
    const overlap = Math.min(cell.right, other.right) - Math.max(cell.left, other.left)
    if (overlap <= 0 || other.line <= cell.line || other.middle - cell.middle > reach) continue
    const score = (other.line - cell.line) * 1000 - overlap
    if (score < least) [best, least] = [other, score]
  }
  return best
}

const ints = (rows: readonly (readonly number[])[]): IntTensor => ({
  data: BigInt64Array.from(rows.flat(), BigInt),
  shape: [rows.length, rows[0]!.length],
})
const floats = (rows: readonly (readonly number[])[]): FloatTensor => ({
  data: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0]!.length],
})

/** What the network sees of lines with at least one word; the same numbers as those of the training. */
export function pageInputs(lines: readonly TextLine[], spec: Specification): PageInputs {
  const words = placed(lines)
  const cells = cellsOf(words, spec.cellGap)
  const beside = (i: number, j: number): number => (words[i]!.line === words[j]?.line ? j : -1)
  const right = words.map((_, i) => beside(i, i + 1))
  const below = new Array<number>(words.length).fill(-1)
  for (const cell of cells)
    below[cell.first + cell.words - 1] = cellBelow(cell, cells, spec.reach)?.first ?? -1
  const neighbours = words.map(({ line }, i) => [
    beside(i, i - 1),
    right[i]!,
    nearest(words, i, (other) => other < line),
    nearest(words, i, (other) => other > line),
  ])
  const places = placesOf(words, cells)
  return {
    tensors: {
      grams: gramsOf(
        words.map(({ word }) => word.text),
        spec,
      ),
      features: floats(words.map(({ word }, i) => [...shapeOf(word.text, spec.length), ...places[i]!])),
      boxes: floats(words.map(({ box }) => box)),
      neighbours: ints(neighbours.map((all) => all.map((i) => i + 1))),
      below: { data: BigInt64Array.from(below, (i) => BigInt(i + 1)), shape: [below.length] },
    },
    right,
    below,
  }
}
