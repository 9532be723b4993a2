import type { Word } from '../../core/document.ts'
import type { Scalar } from '../../core/extraction.ts'
import { hull } from '../../core/geometry.ts'
import { placesOf } from '../known-text.ts'
import { linesOf, type FillContext } from '../rule.ts'
import type { ListField } from './fields.ts'
import { labelsIn } from './labels.ts'
import { isRight, stretchesOf } from './occurrences.ts'
import { tableRuleOf } from './rules.ts'
import { isWay, valueParsers, type ParserName, type Way } from './vendor-template.ts'

type Table = NonNullable<Way['table']>
type Column = Table['columns'][string]
type PlacedLine = ReturnType<typeof linesOf>[number]
export type TrueRecord = Readonly<Record<string, Scalar>>

interface Cell {
  readonly words: readonly Word[]
  /** Of the row it starts on. */
  readonly row: number
  readonly wraps: boolean
}

/** The cells of one record that were found, by column, and the row it starts on. */
interface FoundRecord {
  readonly start: number
  readonly cells: ReadonlyMap<string, Cell>
}

export interface DraftedTable {
  readonly table: Table
  /** Values that the table reads on the labelled page, of those that are printed. */
  readonly right: number
  readonly printed: number
}

/** Rows around its first one on which a record's values are looked for, the nearest first. */
const offsets = [0, 1, -1, 2, -2] as const

const numeric: ReadonlySet<ParserName> = new Set(['money', 'number', 'integer'])

interface Search {
  readonly lines: readonly PlacedLine[]
  readonly field: ListField
  readonly context: FillContext
}

function textCell({ lines }: Search, value: string, at: number): Cell | null {
  for (const height of [1, 2, 3]) {
    const stretch = lines.slice(at, at + height)
    const [place] = placesOf([{ page: 1, lines: stretch.map(({ line }) => line) }], value)
    if (place && lines[at]!.line.words.includes(place.words[0]!))
      return { words: place.words, row: at, wraps: height > 1 }
  }
  return null
}

type Taken = ReadonlySet<Word>

/** Numbers are taken from the left, where counts stand before prices. */
function cellAt(search: Search, as: ParserName, value: Scalar, at: number, taken: Taken): Cell | null {
  const placed = search.lines[at]
  if (!placed) return null
  if (typeof value === 'string' && as === 'text') return textCell(search, value, at)
  const stretches = stretchesOf(placed.line, value, valueParsers[as], search.context)
  const free = stretches.filter((words) => !words.some((w) => taken.has(w)))
  const [first] = [...free].sort((a, b) => a[0]!.box[0] - b[0]!.box[0])
  return first ? { words: first, row: at, wraps: false } : null
}

/** The number that starts a record stands on the right. */
function startAt({ lines, context }: Search, as: ParserName, value: Scalar, at: number): Cell | null {
  const stretches = stretchesOf(lines[at]!.line, value, valueParsers[as], context)
  const last = [...stretches].sort((a, b) => a[0]!.box[0] - b[0]!.box[0]).at(-1)
  return last ? { words: last, row: at, wraps: false } : null
}

function recordAt(search: Search, record: TrueRecord, starts: string, at: number): FoundRecord | null {
  const first = startAt(search, search.field.columns[starts]!, record[starts]!, at)
  if (!first) return null
  const cells = new Map([[starts, first]])
  const taken = new Set(first.words)
  for (const [key, as] of Object.entries(search.field.columns)) {
    if (key === starts || (record[key] ?? null) === null) continue
    const cell = offsets.map((by) => cellAt(search, as, record[key]!, at + by, taken)).find((c) => c !== null)
    if (!cell) continue
    cell.words.forEach((w) => taken.add(w))
    cells.set(key, cell)
  }
  return { start: at, cells }
}

/** The records from the top, each the first below the one before that shows its text, where it has one. */
function findRecords(search: Search, records: readonly TrueRecord[], starts: string): readonly FoundRecord[] {
  const found: FoundRecord[] = []
  let from = 0
  for (const record of records) {
    const texts = Object.entries(search.field.columns).filter(([key, as]) => as === 'text' && record[key])
    for (let at = from; at < search.lines.length; at++) {
      const one = recordAt(search, record, starts, at)
      if (!one || !texts.every(([key]) => one.cells.has(key))) continue
      found.push(one)
      from = at + 1
      break
    }
  }
  return found
}

function mostCommon(values: readonly number[]): number {
  const count = (value: number): number => values.filter((v) => v === value).length
  return values.reduce((a, b) => (count(b) > count(a) ? b : a))
}

const round = (v: number): number => Math.round(v * 1000) / 1000

/** Of the page's width: about two digits. */
const minRoom = 0.05

/**
 * From midway to the words on the left to midway to those on the right; numbers, which stand on the right of their column,
 * get room for as many digits again.
 */
function widthOf(cells: readonly Cell[], lines: readonly PlacedLine[], isNumber: boolean): [number, number] {
  const boxes = cells.map(({ words }) => hull(words.map((w) => w.box)))
  const left = Math.min(...boxes.map((b) => b[0]))
  const right = Math.max(...boxes.map((b) => b[2]))
  const others = cells.flatMap(({ words, row }) => lines[row]!.line.words.filter((w) => !words.includes(w)))
  const before = others.map((w) => w.box[2]).filter((x) => x <= left)
  const after = others.map((w) => w.box[0]).filter((x) => x >= right)
  const room = isNumber ? left - Math.max(right - left, minRoom) : 0
  return [
    round(Math.max(0, room, before.length > 0 ? (Math.max(...before) + left) / 2 : 0)),
    after.length > 0 ? round((Math.min(...after) + right) / 2) : 1,
  ]
}

function columnOf(
  key: string,
  as: ParserName,
  found: readonly FoundRecord[],
  lines: readonly PlacedLine[],
): Column | null {
  const placed = found.flatMap(({ start, cells }) => {
    const cell = cells.get(key)
    return cell ? [{ cell, offset: cell.row - start }] : []
  })
  if (placed.length === 0) return null
  const row = mostCommon(placed.map(({ offset }) => offset))
  const cells = placed.filter(({ offset }) => offset === row).map(({ cell }) => cell)
  const wraps = cells.some((cell) => cell.wraps)
  // Words of a wrapped text stand on several lines; only those of its first say where the column is.
  const firstLines = cells.map((c) => ({
    ...c,
    words: c.words.filter((w) => lines[c.row]!.line.words.includes(w)),
  }))
  return {
    x: widthOf(firstLines, lines, numeric.has(as)),
    ...(row === 0 ? {} : { row }),
    ...(wraps ? { wraps } : {}),
  }
}

const isColumn = (key: string, { x }: Column): boolean =>
  isWay({ table: { starts: key, columns: { [key]: { x } } } })

/** For each column how many of its values the table reads rightly; none where it sees another number of records. */
function rightBy(table: Table, records: readonly TrueRecord[], { field, context }: Search) {
  const usual = Object.entries(field.columns).map(([key, as]) => [key, valueParsers[as]] as const)
  const read = tableRuleOf(table, Object.fromEntries(usual)).find(context)
  return new Map(
    Object.keys(table.columns).map((key) => {
      const right = records.filter((record, i) => isRight(read[i]?.[key]?.[0]?.value, record[key] ?? null))
      return [key, read.length === records.length ? right.length : 0] as const
    }),
  )
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0)

const printedIn = (records: readonly TrueRecord[], key: string): number =>
  records.filter((record) => (record[key] ?? null) !== null).length

/** Labels of lines, the nearest line first. */
const labelsOf = (lines: readonly PlacedLine[], varying: ReadonlySet<Word>): readonly string[] =>
  lines.flatMap(({ line }) => labelsIn(line.words, varying)).slice(0, 8)

/** What ends the table on documents that print a sum which this one does not: OCR slips forgiven, "SUB TOTAL" too. */
const sums = ['Subtotal', 'Sous-total', 'Zwischensumme']

/** All pairs of bounds for the table, the nearest first. */
function bounds(found: readonly FoundRecord[], { lines }: Search, varying: ReadonlySet<Word>) {
  const used = found.flatMap(({ start, cells }) => [start, ...[...cells.values()].map((c) => c.row)])
  const own = new Set([
    ...varying,
    ...found.flatMap(({ cells }) => [...cells.values()].flatMap((c) => c.words)),
  ])
  const above = labelsOf(lines.slice(0, Math.min(...used)).reverse(), own)
  const below = labelsOf(lines.slice(Math.max(...used) + 1), own)
  const from = [...above.map((label) => ({ from: [label] })), {}]
  const to = [...below.map((label) => ({ to: [...new Set([label, ...sums])] })), {}]
  return to.flatMap((end) => from.map((head) => ({ ...head, ...end })))
}

/** The table that reads most of the true records; columns of which it reads less than half are left out. Null without the one that starts records. */
export function draftTable(
  records: readonly TrueRecord[],
  field: ListField,
  context: FillContext,
  varying: ReadonlySet<Word>,
): DraftedTable | null {
  const search: Search = { lines: linesOf(context.pages), field, context }
  const keys = Object.keys(field.columns)
  const starts = keys
    .filter((key) => numeric.has(field.columns[key]!) && records.every((r) => (r[key] ?? null) !== null))
    .at(-1)
  const found = starts === undefined ? [] : findRecords(search, records, starts)
  if (starts === undefined || found.length === 0) return null
  const columns = keys.flatMap((key) => {
    const column = columnOf(key, field.columns[key]!, found, search.lines)
    return column && isColumn(key, column) ? [[key, column] as const] : []
  })
  const tried = bounds(found, search, varying).map((bound) => {
    const table: Table = { ...bound, starts, columns: Object.fromEntries(columns) }
    return { table, right: rightBy(table, records, search) }
  })
  const best = tried.reduce((a, b) => (sum(b.right) > sum(a.right) ? b : a))
  const good = columns.filter(([key]) => 2 * (best.right.get(key) ?? 0) >= printedIn(records, key))
  if (!good.some(([key]) => key === starts)) return null
  return {
    table: { ...best.table, columns: Object.fromEntries(good) },
    right: good.reduce((n, [key]) => n + (best.right.get(key) ?? 0), 0),
    printed: keys.reduce((n, key) => n + printedIn(records, key), 0),
  }
}

/** The words of the records that were found. */
export function recordWords(records: readonly TrueRecord[], context: FillContext): readonly Word[] {
  const texts = records.flatMap((record) => Object.values(record)).filter((v) => typeof v === 'string')
  return texts.flatMap((text) => placesOf(context.pages, text).flatMap(({ words }) => words))
}
