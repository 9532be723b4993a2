import type { OcrPage, Word } from '../../core/document.ts'
import { dealt } from './deal.ts'
import type { Placed } from './heading.ts'
import { conceptsOf, type Concept } from './lexicon.ts'
import { isBoundary, wantedOf } from './occurrences.ts'
import { captionsOf } from './pairs.ts'
import { isHeading } from './readings.ts'
import { textOf, sheetsOf, type Cell } from './sheet.ts'
import type { Marked } from './surroundings.ts'

/** A column as its heading stands on a page, with the texts below it. */
export interface DrawnColumn {
  readonly heading: string
  readonly texts: readonly string[]
}

/** A table that stands below a row of headings: where, and its columns from left to right. */
export interface DrawnTable {
  readonly page: number
  /** Of its headings, and the first that is no longer its. */
  readonly rows: readonly [from: number, to: number]
  readonly columns: readonly DrawnColumn[]
}

/** What closes a table: the caption of a sum that stands first on its row. */
const sums: readonly Concept[] = ['net', 'tax', 'total', 'amountDue', 'discount', 'shipping', 'deposit']

/** Heights of a line between a table and what stands below it. */
const farBelow = 3

function closes({ sheet, captions }: Marked, row: number): boolean {
  const [cell] = sheet.rows[row]!
  const above = sheet.rows[row - 1]![0]!.box[3]
  if ((cell!.box[1] - above) / sheet.lineHeight > farBelow) return true
  return (captions.get(row) ?? []).some(
    (one) =>
      one.cell === 0 &&
      one.from === 0 &&
      isBoundary(one) &&
      sums.some((concept) => conceptsOf(one.spelled).has(concept)),
  )
}

const toPlaced = (cells: readonly Cell[]): readonly Placed[] =>
  cells.map(({ box }, i) => ({ key: String(i), box, strength: 1 }))

function tableAt(marked: Marked, row: number): DrawnTable | null {
  const { rows, page } = marked.sheet
  const placed = toPlaced(rows[row]!)
  const below: ReadonlyMap<Placed, readonly Word[]>[] = []
  let to = row + 1
  while (to < rows.length && !closes(marked, to)) below.push(dealt(rows[to++]!, placed))
  if (below.length === 0) return null
  const columns = rows[row]!.map((cell, i) => ({
    heading: textOf(cell.words),
    texts: below.flatMap((cells) => {
      const words = cells.get(placed[i]!) ?? []
      return words.length > 0 ? [textOf(words)] : []
    }),
  }))
  return { page, rows: [row, to], columns }
}

function tablesOf(marked: Marked): readonly DrawnTable[] {
  const tables: DrawnTable[] = []
  for (let row = 0; row < marked.sheet.rows.length; row++) {
    const table = isHeading(marked, row) ? tableAt(marked, row) : null
    if (!table) continue
    tables.push(table)
    row = table.rows[1] - 1
  }
  return tables
}

/** The tables of pages that have the headings of goods, as business documents call them in ten languages. */
export const tablesOn = (pages: readonly OcrPage[]): readonly DrawnTable[] =>
  sheetsOf(pages).flatMap((sheet) => tablesOf(captionsOf(sheet, wantedOf([]))))
