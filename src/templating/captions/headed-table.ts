import type { Word } from '../../core/document.ts'
import { centerX, hull, type Box } from '../../core/geometry.ts'
import { checkKeys } from '../../core/pointer.ts'
import type { ValueParser } from '../parsers.ts'
import { meanConfidence } from '../regex.ts'
import { findingsOf, type FillContext, type Finding, type RecordsRule } from '../rule.ts'
import { isFree, type Kind } from './kinds.ts'
import { conceptsOf, type Concept } from './lexicon.ts'
import { isBoundary, occurrencesOn, wantedOf, type Occurrence } from './occurrences.ts'
import type { Wording } from './question.ts'
import { sheetsOf, textOf, type Cell, type Sheet } from './sheet.ts'

export interface HeadedColumn {
  readonly wordings: readonly Wording[]
  readonly kind: Kind
  readonly parse: ValueParser
}
export type HeadedColumns = Readonly<Record<string, HeadedColumn>>

/** A column as it stands on the page: of the list, or another that nobody asks for. */
interface Placed {
  readonly key: string | null
  readonly box: Box
  readonly strength: number
}

type Found = Readonly<Record<string, readonly Finding[]>>

/** What a value under its heading is worth, before anything speaks against it. */
const headed = 0.8

const boxOf = (cell: Cell, { from, to }: Occurrence): Box =>
  hull(cell.words.slice(from, to).map((w) => w.box))

interface Match {
  readonly key: string
  readonly cell: number
  readonly box: Box
  readonly strength: number
}

function matchesOn(
  cells: readonly Cell[],
  captions: readonly Occurrence[],
  columns: HeadedColumns,
): readonly Match[] {
  return Object.entries(columns)
    .flatMap(([key, { wordings }]) =>
      captions.flatMap((at) => {
        const wording = wordings.find(({ spelled }) => spelled === at.spelled)
        return wording
          ? [{ key, cell: at.cell, box: boxOf(cells[at.cell]!, at), strength: wording.strength }]
          : []
      }),
    )
    .sort((a, b) => b.strength - a.strength)
}

/** The columns whose headings stand on a row, each heading once and each column once: the surest first. */
function placedOn(
  cells: readonly Cell[],
  captions: readonly Occurrence[],
  columns: HeadedColumns,
): readonly Placed[] {
  const taken: Match[] = []
  for (const match of matchesOn(cells, captions, columns))
    if (!taken.some(({ key, box }) => key === match.key || (box[0] < match.box[2] && match.box[0] < box[2])))
      taken.push(match)
  const others = cells
    .filter((cell, i) => !taken.some((match) => match.cell === i) && /\p{L}/u.test(textOf(cell.words)))
    .map(({ box }) => ({ key: null, box, strength: 0 }))
  return [...taken, ...others].sort((a, b) => a.box[0] - b.box[0])
}

/** How far a box is from a heading across the page; nothing where one stands over the other. */
function far(heading: Box, box: Box): number {
  const apart = Math.max(0, heading[0] - box[2], box[0] - heading[2])
  return apart > 0 ? 1 + apart : Math.abs(centerX(heading) - centerX(box)) / 10
}

const nearest = (placed: readonly Placed[], box: Box): Placed =>
  placed.reduce((a, b) => (far(b.box, box) < far(a.box, box) ? b : a))

/** A text belongs to one column as a whole; numbers that stand close together may be of several. */
function dealt(cells: readonly Cell[], placed: readonly Placed[]): ReadonlyMap<Placed, readonly Word[]> {
  const parts = cells.flatMap(({ words, box }) => {
    const under = placed.filter((p) => p.box[0] < box[2] && box[0] < p.box[2])
    if (under.length < 2) return [{ words, box }]
    const tail = words.findIndex((_, i) =>
      words.slice(i).every(({ text }) => /^[^\p{L}]*\d[^\p{L}]*$/u.test(text)),
    )
    if (tail < 0) return [{ words, box }]
    const head = words.slice(0, tail)
    return [
      ...(head.length > 0 ? [{ words: head, box: hull(head.map((w) => w.box)) }] : []),
      ...words.slice(tail).map((word) => ({ words: [word], box: word.box })),
    ]
  })
  const byColumn = new Map<Placed, readonly Word[]>()
  for (const { words, box } of parts) {
    const column = nearest(placed, box)
    byColumn.set(column, [...(byColumn.get(column) ?? []), ...words])
  }
  return byColumn
}

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

const filledIn = (record: Found): readonly string[] =>
  Object.keys(record).filter((key) => record[key]!.length > 0)

const sums: readonly Concept[] = [
  'net',
  'tax',
  'total',
  'amountDue',
  'discount',
  'shipping',
  'deposit',
  'iban',
  'paymentTerms',
  'paymentMethod',
]

/** Whether a row begins with what stands below a table: a sum, or what is to be paid how. */
function closes(cells: readonly Cell[], captions: readonly Occurrence[]): boolean {
  const first = captions.find(
    (one) => isBoundary(one) && one.from === 0 && captions.every((c) => c.cell >= one.cell),
  )
  if (!first || cells.slice(0, first.cell).some(({ words }) => /\p{L}/u.test(textOf(words)))) return false
  const isAlone =
    first.to === cells[first.cell]!.words.length ||
    first.isClosed ||
    /[\d%(]/.test(cells[first.cell]!.words[first.to]!.text)
  return isAlone && sums.some((concept) => conceptsOf(first.spelled).has(concept))
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

function headRow(sheet: Sheet, captions: readonly (readonly Occurrence[])[], columns: HeadedColumns) {
  const least = Math.min(2, Object.keys(columns).length)
  const heads = sheet.rows.map((cells, row) => placedOn(cells, captions[row]!, columns))
  const worth = heads.map((placed) =>
    placed.filter(({ key }) => key !== null).reduce((sum, { strength }) => sum + strength, 0),
  )
  const best = worth.indexOf(Math.max(...worth))
  return best >= 0 && heads[best]!.filter(({ key }) => key !== null).length >= least
    ? { row: best, placed: heads[best]! }
    : null
}

/** Lines that belong together follow each other within this, in heights of a line between them. */
const closeBelow = 1.2

function readPage(sheet: Sheet, columns: HeadedColumns, before: Table, context: FillContext): Table {
  const wanted = wantedOf(
    Object.values(columns).flatMap(({ wordings }) => wordings.map(({ spelled }) => spelled)),
  )
  const all = occurrencesOn(sheet, wanted)
  const captions = sheet.rows.map((_, row) => all.filter((one) => one.row === row))
  const head = headRow(sheet, captions, columns)
  if (!head && !before.isOpen) return before
  const placed = head?.placed ?? before.placed
  const least = Math.min(2, placed.filter(({ key }) => key !== null).length)
  const records = [...before.records]
  let bottom = head ? sheet.rows[head.row]![0]!.box[3] : 0
  let isOwn = false
  for (let row = head ? head.row + 1 : 0; row < sheet.rows.length; row++) {
    const cells = sheet.rows[row]!
    if (closes(cells, captions[row]!)) return { placed, records, isOpen: false }
    const record = readRow(cells, sheet.page, placed, columns, context)
    const filled = filledIn(record)
    const [key] = filled
    if (filled.length >= least && filled.some((one) => !isFree(columns[one]!.kind))) {
      records.push(record)
      isOwn = true
    } else if (
      isOwn &&
      filled.length === 1 &&
      isFree(columns[key!]!.kind) &&
      (cells[0]!.box[1] - bottom) / sheet.lineHeight < closeBelow
    ) {
      records.push(extended(records.pop()!, record, key!))
    }
    bottom = cells[0]!.box[3]
  }
  return { placed, records, isOpen: true }
}

/**
 * The records below a row of headings, each column named in any of its wordings: until a row of sums, over pages where the
 * table goes on. Texts that wrap belong to the record before; columns that nobody asks for keep their words.
 */
export function headedTable(columns: HeadedColumns): RecordsRule {
  checkKeys(Object.keys(columns))
  return {
    kind: 'records',
    find: (context) =>
      sheetsOf(context.pages).reduce((table, sheet) => readPage(sheet, columns, table, context), none)
        .records,
  }
}
