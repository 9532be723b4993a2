import type { TextLine } from '../core/document.ts'
import type { Scalar } from '../core/extraction.ts'
import type { FillContext } from '../templating/rule.ts'
import { placesOf, type Run, type WordGraph } from './find-values.ts'
import type { AskedColumn } from './schema-questions.ts'

/** A page, or a part of one. */
export interface Sheet {
  readonly graph: WordGraph
  readonly lines: readonly TextLine[]
}

/** Where the cells of a column stand, on every sheet. */
export interface FoundColumn {
  readonly key: string
  /** Cells that were found, of those that have a value. */
  readonly cells: number
  readonly wanted: number
  readonly places: readonly (readonly Run[])[]
}

/** Lines from a record's first that may hold cells of it. */
const tallest = 3

/** A place of a cell's value, on the line (counted through all sheets) where it begins. */
interface Place {
  readonly sheet: number
  readonly line: number
  readonly run: Run
}

type Cells = ReadonlyMap<string, readonly Place[]>

const isText = (value: unknown): value is NonNullable<Scalar> =>
  ['number', 'boolean'].includes(typeof value) || (typeof value === 'string' && value.trim() !== '')

/** Of each word of each sheet the number of its line, counted through all of them. */
function lineNumbers(sheets: readonly Sheet[]): {
  readonly of: readonly (readonly number[])[]
  readonly count: number
} {
  let count = 0
  const of = sheets.map(({ lines }) => lines.flatMap(({ words }) => (count++, words.map(() => count - 1))))
  return { of, count }
}

/** How many of a record's cells begin on the lines from each on, for every line. */
function scoresOf(cells: Cells, count: number): readonly number[] {
  const scores = new Array<number>(count).fill(0)
  for (const places of cells.values()) {
    const lines = new Set(places.flatMap(({ line }) => Array.from({ length: tallest }, (_, i) => line - i)))
    for (const line of lines) if (line >= 0) scores[line]! += 1
    // A cell on the line itself is worth a little more than one further down.
    for (const { line } of places) scores[line]! += 0.01
  }
  return scores
}

/** The first line of each record, each below the one before, so that most of their cells are found. */
function linesOf(scores: readonly (readonly number[])[], count: number): readonly number[] {
  let best = new Array<number>(count + 1).fill(0)
  const taken = scores.map((own) => {
    const next = new Array<number>(count + 1).fill(0)
    const from = new Array<boolean>(count + 1).fill(false)
    for (let end = 1; end <= count; end++) {
      const here = best[end - 1]! + own[end - 1]!
      from[end] = here > next[end - 1]!
      next[end] = Math.max(here, next[end - 1]!)
    }
    best = next
    return from
  })
  const lines = new Array<number>(scores.length).fill(-1)
  let end = count
  for (let record = scores.length - 1; record >= 0; record--) {
    while (end > 0 && !taken[record]![end]) end--
    lines[record] = end - 1
    end = Math.max(0, end - 1)
  }
  return lines
}

const valueOf = (record: unknown, key: string): unknown =>
  (record as Readonly<Record<string, unknown>> | null)?.[key]

/** Makes what finds the places of a cell's value; the same value of a column is looked for once. */
function cellFinder(
  sheets: readonly Sheet[],
  lineOf: readonly (readonly number[])[],
  columns: Readonly<Record<string, AskedColumn>>,
  context: FillContext,
): (key: string, value: NonNullable<Scalar>) => readonly Place[] {
  const known = new Map<string, readonly Place[]>()
  return (key, value) => {
    const id = JSON.stringify([key, value])
    const read = { ...columns[key]!, end: null }
    const places =
      known.get(id) ??
      sheets.flatMap(({ graph }, sheet) =>
        placesOf(graph, value, read, context).map((run) => ({ sheet, line: lineOf[sheet]![run[0]!]!, run })),
      )
    known.set(id, places)
    return places
  }
}

/** Of each record its cell of a column, on the record's own lines; none where it is not printed there. */
function cellsOf(key: string, cells: readonly Cells[], lines: readonly number[]): readonly Place[] {
  return cells.flatMap((one, i) => {
    const from = lines[i]!
    const next = lines.slice(i + 1).find((line) => line > from) ?? Infinity
    const own = one.get(key)?.find(({ line }) => line >= from && line < Math.min(from + tallest, next))
    return own && from >= 0 ? [own] : []
  })
}

/** Where the records of a list stand: one below the other, each value on the lines of its own record. */
export function placesOfRecords(
  sheets: readonly Sheet[],
  columns: Readonly<Record<string, AskedColumn>>,
  records: readonly unknown[],
  context: FillContext,
): readonly FoundColumn[] {
  const { of: lineOf, count } = lineNumbers(sheets)
  const keys = Object.keys(columns)
  const placesFor = cellFinder(sheets, lineOf, columns, context)
  const cells = records.map((record): Cells => {
    const valued = keys.flatMap((key) => {
      const value = valueOf(record, key)
      return isText(value) ? [[key, placesFor(key, value)] as const] : []
    })
    return new Map(valued)
  })
  const lines = linesOf(
    cells.map((one) => scoresOf(one, count)),
    count,
  )
  const isTold = (key: string): boolean =>
    records.length === 0 || records.some((record) => valueOf(record, key) !== undefined)
  return keys.filter(isTold).map((key) => {
    const found = cellsOf(key, cells, lines)
    const wanted = cells.filter((one) => one.has(key)).length
    const places = sheets.map((_, sheet) => found.filter((one) => one.sheet === sheet).map(({ run }) => run))
    return { key, cells: found.length, wanted, places }
  })
}
