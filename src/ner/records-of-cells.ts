import type { Word } from '../core/document.ts'

/** A value of a column on a page. */
export interface ColumnCell {
  readonly question: { readonly pointer: string }
  readonly words: readonly Word[]
  readonly probability: number
}

/** Cells of one line of print, whose heights overlap by this share begin on one line. */
const overlapping = 0.5
/** What belongs to a record follows within this below it, in heights of a word. */
const close = 1.5

interface Part<Cell> {
  readonly cells: readonly Cell[]
  readonly top: number
  readonly bottom: number
}

const topOf = ({ words }: ColumnCell): number => words[0]!.box[1]
const heightOf = ({ words: [first] }: ColumnCell): number => first!.box[3] - first!.box[1]
const bottomOf = (cell: ColumnCell): number => Math.max(...cell.words.map(({ box }) => box[3]))

const partOf = <Cell extends ColumnCell>(cells: readonly Cell[]): Part<Cell> => ({
  cells,
  top: Math.min(...cells.map(topOf)),
  bottom: Math.max(...cells.map(bottomOf)),
})

/** Of every column of a line the surest cell. */
function onePerColumn<Cell extends ColumnCell>(cells: readonly Cell[]): readonly Cell[] {
  const best = new Map<string, Cell>()
  for (const cell of cells) {
    const other = best.get(cell.question.pointer)
    if (!other || other.probability < cell.probability) best.set(cell.question.pointer, cell)
  }
  return [...best.values()]
}

/** Cells that begin on one line, from the top on. */
function linesOf<Cell extends ColumnCell>(cells: readonly Cell[]): readonly Part<Cell>[] {
  const lines: Cell[][] = []
  for (const cell of [...cells].sort((a, b) => topOf(a) - topOf(b))) {
    const first = lines.at(-1)?.[0]
    const shared = first ? topOf(first) + heightOf(first) - topOf(cell) : 0
    if (first && shared > overlapping * Math.min(heightOf(first), heightOf(cell))) lines.at(-1)!.push(cell)
    else lines.push([cell])
  }
  return lines.map((line) => partOf(onePerColumn(line)))
}

const shareColumn = (a: Part<ColumnCell>, b: Part<ColumnCell>): boolean =>
  a.cells.some((one) => b.cells.some((other) => one.question.pointer === other.question.pointer))

/**
 * The records of a list from the cells of its columns on one page, from the top on: what begins on one line belongs together, and
 * what follows closely without a column of the line above, as an amount below its description.
 */
export function recordsOf<Cell extends ColumnCell>(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const records: Part<Cell>[] = []
  for (const line of linesOf(cells)) {
    const last = records.at(-1)
    const height = Math.max(...line.cells.map(heightOf))
    const belongs = last && !shareColumn(last, line) && line.top - last.bottom < close * height
    if (belongs) records[records.length - 1] = partOf([...last.cells, ...line.cells])
    else records.push(line)
  }
  return records.map((record) => record.cells)
}
