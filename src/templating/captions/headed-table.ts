import type { Word } from '../../core/document.ts'
import { checkKeys } from '../../core/pointer.ts'
import { meanConfidence } from '../regex.ts'
import { findingsOf, type FillContext, type Finding, type RecordsRule } from '../rule.ts'
import { dealt } from './deal.ts'
import { placedOn, type HeadedColumn, type HeadedColumns, type Placed } from './heading.ts'
import { isFree } from './kinds.ts'
import { conceptsOf, type Concept } from './lexicon.ts'
import { isBoundary, occurrencesOn, wantedOf, type Occurrence } from './occurrences.ts'
import { sheetsOf, textOf, type Cell, type Sheet } from './sheet.ts'

type Found = Readonly<Record<string, readonly Finding[]>>

/** A list's columns, and the captions of values that stand outside of it. */
interface Asked {
  readonly columns: HeadedColumns
  readonly outside: readonly string[]
}

/** What a value under its heading is worth, before anything speaks against it. */
const headed = 0.8

function cellFinding(
  words: readonly Word[],
  page: number,
  { parse }: HeadedColumn,
  strength: number,
  { locale }: FillContext,
): readonly Finding[] {
  const parsed = words.length > 0 ? parse(textOf(words), locale) : null
  return findingsOf(parsed, { page, words, confidence: headed * strength * meanConfidence(words) })
}

function readRow(
  cells: readonly Cell[],
  page: number,
  placed: readonly Placed[],
  columns: HeadedColumns,
  context: FillContext,
): Found {
  const words = dealt(cells, placed)
  const found = Object.entries(columns).map(([key, column]) => {
    const at = placed.find((p) => p.key === key)
    return [key, at ? cellFinding(words.get(at) ?? [], page, column, at.strength, context) : []] as const
  })
  return Object.fromEntries(found)
}

const sums: readonly Concept[] = [
  ...(['net', 'tax', 'total', 'amountDue', 'discount', 'shipping', 'deposit'] as const),
  ...(['iban', 'paymentTerms', 'paymentMethod'] as const),
]

/** Whether a row begins with what stands below a table: a sum, what is to be paid how, or another value that is asked for. */
function closes(cells: readonly Cell[], captions: readonly Occurrence[], { outside }: Asked): boolean {
  const [first] = captions.filter((one) => isBoundary(one) && one.from === 0).sort((a, b) => a.cell - b.cell)
  if (!first || cells.slice(0, first.cell).some(({ words }) => /\p{L}/u.test(textOf(words)))) return false
  const next = cells[first.cell]!.words[first.to]
  const isAlone = next === undefined || first.isClosed || /[\d%(]/.test(next.text)
  const isOther =
    sums.some((concept) => conceptsOf(first.spelled).has(concept)) || outside.includes(first.spelled)
  return isAlone && isOther
}

/** A text that goes on on the next row belongs to the record before. */
function extended(record: Found, more: Found, key: string): Found {
  const [first] = record[key] ?? []
  const [next] = more[key]!
  if (!first || !next) return record
  const text = `${first.text} ${next.text}`
  return { ...record, [key]: [{ ...first, value: text, text, words: [...first.words, ...next.words] }] }
}

interface Table {
  readonly placed: readonly Placed[]
  readonly records: readonly Found[]
  /** Whether it may go on on the next page. */
  readonly isOpen: boolean
}

const none: Table = { placed: [], records: [], isOpen: false }

const ownOf = (placed: readonly Placed[]): readonly Placed[] => placed.filter(({ key }) => key !== null)

/** The row of a page that heads the most columns, and those; null where fewer than two, or than all, stand on any. */
function headOf(sheet: Sheet, captions: readonly (readonly Occurrence[])[], { columns }: Asked) {
  const heads = sheet.rows.map((cells, row) => ({ row, placed: placedOn(cells, captions[row]!, columns) }))
  const worth = (placed: readonly Placed[]): number => placed.reduce((sum, { strength }) => sum + strength, 0)
  const [best] = [...heads].sort((a, b) => worth(b.placed) - worth(a.placed))
  const least = Math.min(2, Object.keys(columns).length)
  return best && ownOf(best.placed).length >= least ? best : null
}

/** Lines that belong together follow each other within this, in heights of a line between them. */
const closeBelow = 1.2

/** The records with what a row adds to them: a record of its own, or more of the text of the one before. */
function withRow(
  records: readonly Found[],
  row: Found,
  least: number,
  isClose: boolean,
  { columns }: Asked,
): readonly Found[] {
  const filled = Object.keys(row).filter((key) => row[key]!.length > 0)
  const isFreeText = (key: string): boolean => isFree(columns[key]!.kind)
  if (filled.length >= least && !filled.every(isFreeText)) return [...records, row]
  const [key] = filled
  const last = records.at(-1)
  if (!last || !isClose || key === undefined || filled.length > 1 || !isFreeText(key)) return records
  return [...records.slice(0, -1), extended(last, row, key)]
}

/** The rows of a page below its headings, or from its top where the table of the page before goes on. */
function readRows(
  sheet: Sheet,
  captions: readonly (readonly Occurrence[])[],
  from: number,
  placed: readonly Placed[],
  asked: Asked,
  context: FillContext,
): Table {
  const least = Math.min(2, ownOf(placed).length)
  let records: readonly Found[] = []
  /** What is carried forward may stand before all records: an opening balance closes no table. */
  let first = from
  for (let row = from; row < sheet.rows.length; row++) {
    const cells = sheet.rows[row]!
    if (closes(cells, captions[row]!, asked)) {
      if (row === first) {
        first++
        continue
      }
      return { placed, records, isOpen: false }
    }
    const above = row > 0 ? sheet.rows[row - 1]![0]!.box[3] : 0
    const isClose = (cells[0]!.box[1] - above) / sheet.lineHeight < closeBelow
    records = withRow(
      records,
      readRow(cells, sheet.page, placed, asked.columns, context),
      least,
      isClose,
      asked,
    )
  }
  return { placed, records, isOpen: true }
}

function readPage(sheet: Sheet, asked: Asked, before: Table, context: FillContext): Table {
  const wordings = Object.values(asked.columns).flatMap((column) => column.wordings)
  const all = occurrencesOn(sheet, wantedOf([...wordings.map(({ spelled }) => spelled), ...asked.outside]))
  const captions = sheet.rows.map((_, row) => all.filter((one) => one.row === row))
  const head = headOf(sheet, captions, asked)
  if (!head && !before.isOpen) return before
  const placed = head?.placed ?? before.placed
  const table = readRows(sheet, captions, head ? head.row + 1 : 0, placed, asked, context)
  return { ...table, records: [...before.records, ...table.records] }
}

/**
 * The records below a row of headings, each column named in any of its wordings: until a row of sums or one with a caption
 * of `outside`, over pages where the table goes on. Texts that wrap belong to the record before; columns that nobody asks
 * for keep their words.
 */
export function headedTable(columns: HeadedColumns, outside: readonly string[] = []): RecordsRule {
  checkKeys(Object.keys(columns))
  return {
    kind: 'records',
    find: (context) =>
      sheetsOf(context.pages).reduce(
        (table, sheet) => readPage(sheet, { columns, outside }, table, context),
        none,
      ).records,
  }
}
