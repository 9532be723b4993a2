import { rowText, type OcrPage, type TextRow } from '../../core/document.ts'
import { findInRow, type TextSpan } from '../../core/row-text.ts'
import { repairDigits } from '../../values/digits.ts'
import { detectLocale } from '../../values/locale.ts'
import {
  dashedMoneyPattern,
  hasDecimals,
  moneyPattern,
  parseMoney,
  signedMoneyPattern,
  toCents,
  wholeMoneyPattern,
} from '../../values/money.ts'
import { spacedText } from './spaced-text.ts'
import { bareAmounts } from './whole-amounts.ts'

/** An amount on a line, in hundredths. */
export interface LineAmount {
  readonly cents: number
  readonly span: TextSpan
}

/** A row as the rules look at it. */
export interface Line {
  readonly page: number
  /** From 0, over all pages. */
  readonly index: number
  readonly row: TextRow
  /** As read. */
  readonly text: string
  /** As read, with digits where letters stood inside numbers; same length. */
  readonly repaired: string
  readonly amounts: readonly LineAmount[]
}

type Found = readonly TextSpan[]

/** What the patterns find on a row, the earlier pattern first where two find the same words; left to right. */
function spansOn(row: TextRow, text: string, patterns: readonly RegExp[]): Found {
  const all = patterns.flatMap((pattern) => findInRow(row, pattern, text))
  const isFirst = (span: TextSpan): boolean =>
    all.find((other) => other.start < span.end && span.start < other.end) === span
  return all.filter(isFirst).sort((a, b) => a.start - b.start)
}

const isAmount = ({ text }: TextSpan): boolean => parseMoney(text) !== null

interface ReadRow {
  readonly page: number
  readonly row: TextRow
  readonly repaired: string
  /** As `repaired`, with tabs where columns part. */
  readonly spaced: string
}

/** Whole amounts count where a dash marks them; those that a sign marks, and bare ones, where the page prints no decimals. */
function amountsOn(rows: readonly ReadRow[]): readonly Found[] {
  const on = ({ row, spaced }: ReadRow, ...patterns: readonly RegExp[]): Found =>
    spansOn(row, spaced, patterns).filter(isAmount)
  const decimal = rows.map((row) => on(row, moneyPattern(), dashedMoneyPattern()))
  if (rows.some((row) => on(row, moneyPattern()).length > 0)) return decimal
  const { currency } = detectLocale(rows.map(({ repaired }) => repaired).join('\n'))
  const grouped = hasDecimals(currency) ? [] : [wholeMoneyPattern()]
  const marked = rows.map((row) => on(row, dashedMoneyPattern(), signedMoneyPattern(), ...grouped))
  const bare = bareAmounts(rows.map(({ row, spaced }, i) => ({ row, text: spaced, found: marked[i]! })))
  return marked.map((found, i) => [...found, ...bare[i]!].sort((a, b) => a.start - b.start))
}

const toAmount = (span: TextSpan): LineAmount => ({ cents: toCents(parseMoney(span.text)!.amount), span })

export function toLines(pages: readonly OcrPage[]): readonly Line[] {
  const rows = pages.flatMap(({ page, rows }) =>
    rows.map((row): ReadRow => {
      const repaired = repairDigits(rowText(row))
      return { page, row, repaired, spaced: spacedText(row, repaired) }
    }),
  )
  const amounts = amountsOn(rows)
  return rows.map(({ page, row, repaired }, index) => {
    const text = rowText(row)
    return { page, index, row, text, repaired, amounts: amounts[index]!.map(toAmount) }
  })
}

/** The line after (or, with -1, before) a line on the same page. */
export function neighbour(lines: readonly Line[], line: Line, step: 1 | -1): Line | undefined {
  const other = lines[line.index + step]
  return other?.page === line.page ? other : undefined
}

export const letterCount = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0
export const digitCount = (text: string): number => text.match(/\d/g)?.length ?? 0
