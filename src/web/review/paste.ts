import type { FormField } from '../../contract/review.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { plural } from '../shell/words.ts'
import { addRecord, cellOf, edit, nextRecord, recordsOf, type Draft, type Original } from './draft.ts'

/** Cells as they were copied out of a table, line by line. */
export type Block = readonly (readonly string[])[]

/** A cell in quotes, in which quotes are doubled; or one without any. */
const cell = /^"((?:[^"]|"")*)"(?=[\t\n]|$)|^[^\t\n]*/

/** The cells of a text that spreadsheets have put on the clipboard; null for a text that is one value. */
export function blockOf(text: string): Block | null {
  let rest = text.replaceAll(/\r\n?/g, '\n').replace(/\n$/, '')
  if (!/[\t\n]/.test(rest)) return null
  const lines: string[][] = [[]]
  for (;;) {
    const [whole, quoted] = cell.exec(rest)!
    lines.at(-1)!.push((quoted?.replaceAll('""', '"') ?? whole).replaceAll(/\s*\n\s*/g, ' ').trim())
    const mark = rest[whole.length]
    if (mark === undefined) return lines
    if (mark === '\n') lines.push([])
    rest = rest.slice(whole.length + 1)
  }
}

export interface FillPlace {
  readonly list: JsonPointer
  readonly columns: readonly FormField[]
  /** The cell that the block begins at. */
  readonly record: JsonPointer
  readonly column: FormField
}

const mostLines = 500

function problemOf({ columns, column }: FillPlace, block: Block): string | null {
  const width = block[0]!.length
  const room = columns.length - columns.indexOf(column)
  if (block.some((line) => line.length !== width))
    return 'The lines that you pasted have different numbers of cells. Nothing was pasted.'
  if (width > room)
    return `You pasted ${plural(width, 'column')}; from ${column.label} on there ${room === 1 ? 'is' : 'are'} ${room}. Nothing was pasted.`
  return block.length > mostLines
    ? `You pasted ${plural(block.length, 'line')}; at most ${mostLines} fit. Nothing was pasted.`
    : null
}

/** A draft with a block of cells in it, from a cell on; records are added below where there are too few. */
export function fill(
  original: Original,
  draft: Draft,
  at: FillPlace,
  block: Block,
): { readonly draft: Draft } | { readonly problem: string } {
  const problem = problemOf(at, block)
  if (problem !== null) return { problem }
  const { list, columns, record, column } = at
  const shown = recordsOf(original, draft, list).filter((one) => !draft.removed.includes(one))
  const records = shown.slice(shown.indexOf(record))
  let filled = draft
  for (const [i, line] of block.entries()) {
    const added = nextRecord(original, filled, list)
    if (records[i] === undefined) filled = addRecord(original, filled, list)
    for (const [j, text] of line.entries()) {
      const pointer = cellOf(columns[columns.indexOf(column) + j]!, records[i] ?? added)
      filled = edit(original, filled, pointer, text)
    }
  }
  return { draft: filled }
}
