import Table from 'cli-table3'
import type { Row } from '../core/row.ts'
import { plural, printable } from './text.ts'

/** The documents of a batch that somebody should know of. */
export interface OutcomeTable {
  /** Accepted documents need no line. */
  add(row: Row): void
  toString(): string
}

/** More would push what was said before off the screen. */
const maxLines = 30
const widths = { verdict: 11, why: 22 } as const

const codesOf = (row: Row): string => row.error?.code ?? [...new Set(row.flags.map((f) => f.code))].join('\n')

const sentenceOf = (row: Row): string =>
  row.error?.message ?? [...new Set(row.flags.map((f) => f.message))].slice(0, 2).join(' ')

function emptyTable(): Table.Table {
  const left = Math.max(60, (process.stderr.columns ?? 100) - 5) - widths.verdict - widths.why
  const file = Math.floor(left * 0.4)
  return new Table({
    head: ['file', 'verdict', 'why', 'in words'],
    colWidths: [file, widths.verdict, widths.why, left - file],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  })
}

/** Flagged and failed documents, each with its reasons; those past the first thirty are counted. */
export function outcomeTable(): OutcomeTable {
  const table = emptyTable()
  let more = 0
  return {
    add(row) {
      if (row.verdict === 'accepted') return
      const verdict = row.verdict === 'failed' ? 'failed' : 'to review'
      if (table.length >= maxLines) more++
      else table.push([printable(row.file), verdict, codesOf(row), printable(sentenceOf(row))])
    },
    toString() {
      if (table.length === 0) return ''
      return `${table.toString()}\n${more > 0 ? `… and ${plural(more, 'document')} more.\n` : ''}`
    },
  }
}
