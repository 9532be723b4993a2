import { rowText, type OcrPage, type TextRow } from '../../core/document.ts'
import { findInRow, type TextSpan } from '../../core/row-text.ts'
import { repairDigits } from '../../values/digits.ts'
import { detectLocale } from '../../values/locale.ts'
import { hasDecimals, moneyPattern, parseMoney, toCents, wholeMoneyPattern } from '../../values/money.ts'

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

function amountsOf(row: TextRow, repaired: string, pattern: RegExp): LineAmount[] {
  return findInRow(row, pattern, repaired).flatMap((span) => {
    const money = parseMoney(span.text)
    return money ? [{ cents: toCents(money.amount), span }] : []
  })
}

/** Amounts without decimals count only where the currency has none, and where the page prints no others. */
function amountPattern(text: string): RegExp {
  const { currency } = detectLocale(text)
  return hasDecimals(currency) || moneyPattern().test(text) ? moneyPattern() : wholeMoneyPattern()
}

export function toLines(pages: readonly OcrPage[]): readonly Line[] {
  const rows = pages.flatMap(({ page, rows }) => rows.map((row) => ({ page, row })))
  const pattern = amountPattern(rows.map(({ row }) => rowText(row)).join('\n'))
  return rows.map(({ page, row }, index) => {
    const text = rowText(row)
    const repaired = repairDigits(text)
    return { page, index, row, text, repaired, amounts: amountsOf(row, repaired, pattern) }
  })
}

/** The line after (or, with -1, before) a line on the same page. */
export function neighbour(lines: readonly Line[], line: Line, step: 1 | -1): Line | undefined {
  const other = lines[line.index + step]
  return other?.page === line.page ? other : undefined
}

export const letterCount = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0
export const digitCount = (text: string): number => text.match(/\d/g)?.length ?? 0
