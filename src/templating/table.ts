import { lineText, type OcrPage, type TextLine, type Word } from '../core/document.ts'
import { centerX } from '../core/geometry.ts'
import { checkKeys } from '../core/pointer.ts'
import { labelSpan } from './anchor.ts'
import { text, type ValueParser } from './parsers.ts'
import { meanConfidence } from './regex.ts'
import { findingsOf, type FillContext, type Finding, type RecordsRule } from './rule.ts'

export interface TableColumn {
  /** Wordings of the column's heading. */
  readonly headings: readonly string[]
  readonly as?: ValueParser
  /** Whether a row that has nothing in this column, where it is there, is no record and ends the table; default false. */
  readonly needed?: boolean
}

interface PlacedColumn {
  readonly key: string
  readonly parse: ValueParser
  readonly needed: boolean
  readonly x: number
}

type Columns = Readonly<Record<string, TableColumn>>

/** The columns whose headings stand on a row, left to right. */
function columnsOn(line: TextLine, columns: Columns): readonly PlacedColumn[] {
  return Object.entries(columns)
    .flatMap(([key, { headings, as = text, needed = false }]) => {
      const span = headings.map((h) => labelSpan(line, h)).find((s) => s !== null)
      if (!span) return []
      const words = line.words.slice(span.from, span.to)
      return [{ key, parse: as, needed, x: (words[0]!.box[0] + words.at(-1)!.box[2]) / 2 }]
    })
    .sort((a, b) => a.x - b.x)
}

const nearest = (columns: readonly PlacedColumn[], word: Word): PlacedColumn =>
  columns.reduce((a, b) => (Math.abs(b.x - centerX(word.box)) < Math.abs(a.x - centerX(word.box)) ? b : a))

function readRow(line: TextLine, page: number, columns: readonly PlacedColumn[], { locale }: FillContext) {
  const cells = columns.map((column) => {
    const words = line.words.filter((w) => nearest(columns, w) === column)
    const parsed = words.length > 0 ? column.parse(words.map((w) => w.text).join(' '), locale) : null
    const findings = findingsOf(parsed, { page, words, confidence: 0.8 * meanConfidence(words) })
    return [column.key, findings] as const
  })
  return Object.fromEntries(cells)
}

const filled = (record: Readonly<Record<string, readonly Finding[]>>): number =>
  Object.values(record).filter((f) => f.length > 0).length

type Records = ReturnType<RecordsRule['find']>

/** Below a row that starts like this stand sums, not records. */
const closes = (line: TextLine): boolean => /^\W*(?:sub|grand|net|order)?\W{0,2}total\b/i.test(lineText(line))

interface OpenTable {
  readonly columns: readonly PlacedColumn[]
  readonly records: Records
  /** Whether the table may go on on the next page. */
  readonly open: boolean
}

/** Reads on from the headings of this page, or from those of the page before when the table was still open there. */
function readPage(
  { page, lines }: OcrPage,
  columns: Columns,
  before: OpenTable,
  context: FillContext,
): OpenTable {
  const heads = lines.map((line) => columnsOn(line, columns))
  const at = heads.findIndex((found) => found.length >= Math.min(2, Object.keys(columns).length))
  const placed = heads[at] ?? (before.open ? before.columns : [])
  if (placed.length === 0) return { ...before, open: false }
  const body = lines.slice(at + 1)
  const read = body.map((line) => readRow(line, page, placed, context))
  const needed = placed.filter((column) => column.needed)
  const isRecord = (record: (typeof read)[number]): boolean =>
    filled(record) >= Math.min(2, placed.length) && needed.every(({ key }) => record[key]!.length > 0)
  const end = read.findIndex((record, i) => !isRecord(record) || closes(body[i]!))
  const records = [...before.records, ...(end < 0 ? read : read.slice(0, end))]
  return { columns: placed, records, open: end < 0 }
}

/**
 * The rows below a line of column headings, until a row of sums or one that fills fewer than two columns; words go to the
 * column whose heading is nearest across the page. A table that fills its page goes on on the next.
 * @example table({ description: { headings: ['Description'] }, amount: { headings: ['Amount', 'Total'], as: money } })
 */
export function table(columns: Columns): RecordsRule {
  checkKeys(Object.keys(columns))
  return {
    kind: 'records',
    find: (context) => {
      const none: OpenTable = { columns: [], records: [], open: false }
      return context.pages.reduce((table, page) => readPage(page, columns, table, context), none).records
    },
  }
}
