import Table from 'cli-table3'
import type { ExtractionResult } from '../core/extraction-result.ts'
import { borderless } from './borderless.ts'
import { plural, printable } from './text.ts'

/** The documents of a batch that somebody should know of. */
export interface OutcomeTable {
  /** Accepted documents need no line. */
  add(result: ExtractionResult): void
  toString(): string
}

/** More would push what was said before off the screen. */
const maxLines = 12
const widths = { verdict: 11, more: 11 } as const

const sentencesOf = (result: ExtractionResult): readonly string[] =>
  result.error ? [result.error.message] : [...new Set(result.flags.map((f) => f.message))]

function lineOf(result: ExtractionResult): string[] {
  const [first = '', ...others] = sentencesOf(result)
  const verdict = result.verdict === 'failed' ? 'failed' : 'to review'
  return [
    printable(result.file),
    verdict,
    printable(first),
    others.length > 0 ? `+ ${others.length} more` : '',
  ]
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
    add(result) {
      if (result.verdict === 'accepted') return
      if (table.length >= maxLines) more++
      else table.push(lineOf(result))
    },
    toString() {
      if (table.length === 0) return ''
      return `${table.toString()}\n${more > 0 ? `… and ${plural(more, 'document')} more.\n` : ''}`
    },
  }
}
