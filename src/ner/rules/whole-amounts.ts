import type { TextLine } from '../../core/document.ts'
import { findInLine, type TextSpan } from '../../core/line-text.ts'
import { rolesOf } from './lexicon.ts'

/** A line with what pattern-like amounts were already found on it. */
export interface CandidateLine {
  readonly textLine: TextLine
  /** With tabs where columns part, see `spacedText`. */
  readonly text: string
  readonly found: readonly TextSpan[]
}

const wholeNumber = String.raw`(?:[1-9]\d{0,2}(?:[.,]\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3}|0|[1-9]\d{0,6})`
const last = new RegExp(String.raw`(?<=^|\s)-?${wholeNumber}(?=\s*$)`, 'gu')
const within = new RegExp(String.raw`(?<![\d.,:/-])${wholeNumber}(?![\d.,%:/-])`, 'gu')

/** By how much of the page's width amounts of one column may end apart. */
const alignment = 0.015

const rightOf = ({ words }: TextSpan): number => words.at(-1)!.box[2]

const lastNumber = ({ textLine: line, text }: CandidateLine): TextSpan | undefined =>
  findInLine(line, last, text)[0]

const sums = ['total', 'strongTotal', 'subtotal'] as const

/** Where amounts end: those that a sign marks, and the numbers behind a total. */
function columnEdges(lines: readonly CandidateLine[]): readonly number[] {
  return lines.flatMap((candidate) => {
    const roles = rolesOf(candidate.text)
    const said = sums.some((role) => roles.has(role)) && !roles.has('notTotal')
    const marked = candidate.found.at(-1) ?? (said ? lastNumber(candidate) : undefined)
    return marked === undefined ? [] : [rightOf(marked)]
  })
}

const valueOf = (span: TextSpan): number => Number(span.text.replace(/\D/g, ''))

/** The price of one, where a count on the same line makes the line's amount of it. */
function unitPrice({ textLine: line, text }: CandidateLine, amount: TextSpan): readonly TextSpan[] {
  const before = findInLine(line, within, text).filter(({ end }) => end <= amount.start)
  const unit = before.findLast((price) =>
    before.some((count) => count !== price && valueOf(count) * valueOf(price) === valueOf(amount)),
  )
  return unit === undefined ? [] : [unit]
}

/**
 * Whole numbers that are amounts though nothing beside them says so, on a page that prints no decimals: those that end where
 * its marked amounts and its totals end, and prices that make them with a count. One list a line.
 */
export function bareAmounts(lines: readonly CandidateLine[]): readonly (readonly TextSpan[])[] {
  const edges = columnEdges(lines)
  return lines.map((candidate) => {
    const marked = candidate.found.at(-1)
    const number = marked === undefined ? lastNumber(candidate) : undefined
    const aligned = number && edges.some((edge) => Math.abs(edge - rightOf(number)) <= alignment)
    const amount = marked ?? (aligned ? number : undefined)
    if (amount === undefined) return []
    return [
      ...(candidate.found.length < 2 ? unitPrice(candidate, amount) : []),
      ...(amount === number ? [number] : []),
    ]
  })
}
