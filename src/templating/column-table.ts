import type { TextLine, Word } from '../core/document.ts'
import { centerX } from '../core/geometry.ts'
import { checkKeys } from '../core/pointer.ts'
import { text, type ValueParser } from './parsers.ts'
import { meanConfidence } from './regex.ts'
import { showsLabel } from './region.ts'
import { findingsOf, linesOf, type FillContext, type Finding, type RecordsRule } from './rule.ts'

export interface PlacedColumn {
  /** The part of the page's width where the column stands, as fractions. */
  readonly x: readonly [left: number, right: number]
  /** Rows below the one on which a record starts; negative above it. */
  readonly row: number
  /** Whether a text goes on in the rows below, until the next record. */
  readonly wraps: boolean
  readonly as?: ValueParser
}

export interface ColumnTable {
  /** Wordings of the row above the first record; from the top of the page where there are none. */
  readonly from: readonly string[]
  /** Wordings of the row below the last record; to the end where there are none. */
  readonly to: readonly string[]
  /** The column whose value starts a record. */
  readonly starts: string
  readonly columns: Readonly<Record<string, PlacedColumn>>
}

type PlacedLine = ReturnType<typeof linesOf>[number]

/** The rows of the table; none where its bounds are not found. */
function body(lines: readonly PlacedLine[], { from, to }: ColumnTable): readonly PlacedLine[] {
  const head = from.length === 0 ? 0 : lines.findIndex(({ line }) => showsLabel(line, from)) + 1
  if (head === 0 && from.length > 0) return []
  const rest = lines.slice(head)
  const end = to.length === 0 ? rest.length : rest.findIndex(({ line }) => showsLabel(line, to))
  return rest.slice(0, Math.max(0, end))
}

const wordsAt = ({ words }: TextLine, [left, right]: PlacedColumn['x']): readonly Word[] =>
  words.filter((w) => centerX(w.box) >= left && centerX(w.box) <= right)

function cell(
  lines: readonly PlacedLine[],
  { x, as = text }: PlacedColumn,
  { locale }: FillContext,
): readonly Finding[] {
  const words = lines.flatMap(({ line }) => wordsAt(line, x))
  const parsed = words.length > 0 ? as(words.map((w) => w.text).join(' '), locale) : null
  return findingsOf(parsed, { page: lines[0]?.page ?? 1, words, confidence: 0.85 * meanConfidence(words) })
}

/** The rows of a record that a column stands on: those of its page that belong to no other record. */
function rowsFor(
  { row, wraps }: PlacedColumn,
  lines: readonly PlacedLine[],
  start: number,
  starts: readonly number[],
): readonly PlacedLine[] {
  const at = start + row
  const next = starts.find((other) => other > start) ?? lines.length
  if (at < 0 || at >= next || (row !== 0 && starts.includes(at))) return []
  return lines.slice(at, wraps ? next : at + 1).filter(({ page }) => page === lines[start]!.page)
}

/** Records whose columns stand at known places across the page, each starting on a row that shows one of them. */
export function columnTable(table: ColumnTable): RecordsRule {
  checkKeys(Object.keys(table.columns))
  const first = table.columns[table.starts]!
  return {
    kind: 'records',
    find: (context) => {
      const lines = body(linesOf(context.pages), table)
      const starts = lines.flatMap((line, i) => (cell([line], first, context).length > 0 ? [i] : []))
      return starts.map((start) =>
        Object.fromEntries(
          Object.entries(table.columns).map(([key, column]) => [
            key,
            cell(rowsFor(column, lines, start, starts), column, context),
          ]),
        ),
      )
    },
  }
}
