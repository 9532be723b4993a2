import Table from 'cli-table3'
import type { Row } from '../core/row.ts'
import { borderless } from './borderless.ts'
import { plural, printable } from './text.ts'

/** The documents of a batch that somebody should know of. */
export interface OutcomeTable {
  /** Accepted documents need no line. */
  add(row: Row): void
  toString(): string
}

/** More would push what was said before off the screen. */
const maxLines = 12
const widths = { verdict: 11, more: 11 } as const

const sentencesOf = (row: Row): readonly string[] =>
  row.error ? [row.error.message] : [...new Set(row.flags.map((f) => f.message))]

function lineOf(row: Row): string[] {
  const [first = '', ...others] = sentencesOf(row)
  const verdict = row.verdict === 'failed' ? 'failed' : 'to review'
  return [printable(row.file), verdict, printable(first), others.length > 0 ? `+ ${others.length} more` : '']
}

/** One line a document, cut to the width of the screen. */
function emptyTable(): Table.Table {
  const left = Math.max(60, (process.stderr.columns ?? 100) - 1) - widths.verdict - widths.more
  const file = Math.floor(left * 0.4)
  return new Table({
    head: ['file', 'verdict', 'why', ''],
    colWidths: [file, widths.verdict, left - file, widths.more],
    chars: borderless,
    style: { head: [], border: [], compact: true },
  })
}

/** Flagged and failed documents, each with its first reason; those past the first dozen are counted. */
export function outcomeTable(): OutcomeTable {
  const table = emptyTable()
  let more = 0
  return {
    add(row) {
      if (row.verdict === 'accepted') return
      if (table.length >= maxLines) more++
      else table.push(lineOf(row))
    },
    toString() {
      if (table.length === 0) return ''
      return `${table.toString()}\n${more > 0 ? `… and ${plural(more, 'document')} more.\n` : ''}`
    },
  }
}
