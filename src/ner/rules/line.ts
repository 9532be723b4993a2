import { lineText, type OcrPage, type TextLine } from '../../core/document.ts'
import { findInLine, type TextSpan } from '../../core/line-text.ts'
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

/** A line as the rules look at it. */
export interface Line {
  readonly page: number
  /** From 0, over all pages. */
  readonly index: number
  readonly textLine: TextLine
  /** As read. */
  readonly text: string
  /** As read, with digits where letters stood inside numbers; same length. */
  readonly repaired: string
  readonly amounts: readonly LineAmount[]
}

type Found = readonly TextSpan[]

/** What the patterns find on a line, the earlier pattern first where two find the same words; left to right. */
function spansOn(line: TextLine, text: string, patterns: readonly RegExp[]): Found {
  const all = patterns.flatMap((pattern) => findInLine(line, pattern, text))
  const isFirst = (span: TextSpan): boolean =>
    all.find((other) => other.start < span.end && span.start < other.end) === span
  return all.filter(isFirst).sort((a, b) => a.start - b.start)
}

const isAmount = ({ text }: TextSpan): boolean => parseMoney(text) !== null

interface RepairedLine {
  readonly page: number
  readonly textLine: TextLine
  readonly repaired: string
  /** As `repaired`, with tabs where columns part. */
  readonly spaced: string
}

/** Whole amounts count where a dash marks them; those that a sign marks, and bare ones, where the page prints no decimals. */
function amountsOn(lines: readonly RepairedLine[]): readonly Found[] {
  const on = ({ textLine: line, spaced }: RepairedLine, ...patterns: readonly RegExp[]): Found =>
    spansOn(line, spaced, patterns).filter(isAmount)
  const decimal = lines.map((line) => on(line, moneyPattern(), dashedMoneyPattern()))
  if (lines.some((line) => on(line, moneyPattern()).length > 0)) return decimal
  const { currency } = detectLocale(lines.map(({ repaired }) => repaired).join('\n'))
  const grouped = hasDecimals(currency) ? [] : [wholeMoneyPattern()]
  const marked = lines.map((line) => on(line, dashedMoneyPattern(), signedMoneyPattern(), ...grouped))
  const bare = bareAmounts(
    lines.map(({ textLine: line, spaced }, i) => ({ textLine: line, text: spaced, found: marked[i]! })),
  )
  return marked.map((found, i) => [...found, ...bare[i]!].sort((a, b) => a.start - b.start))
}

const toAmount = (span: TextSpan): LineAmount => ({ cents: toCents(parseMoney(span.text)!.amount), span })

export function toLines(pages: readonly OcrPage[]): readonly Line[] {
  const repairedLines = pages.flatMap(({ page, lines }) =>
    lines.map((textLine): RepairedLine => {
      const repaired = repairDigits(lineText(textLine))
      return { page, textLine, repaired, spaced: spacedText(textLine, repaired) }
    }),
  )
  const amounts = amountsOn(repairedLines)
  return repairedLines.map(({ page, textLine, repaired }, index) => {
    const text = lineText(textLine)
    return { page, index, textLine, text, repaired, amounts: amounts[index]!.map(toAmount) }
  })
}

/** The line after (or, with -1, before) a line on the same page. */
export function neighbour(lines: readonly Line[], line: Line, step: 1 | -1): Line | undefined {
  const other = lines[line.index + step]
  return other?.page === line.page ? other : undefined
}

export const letterCount = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0
export const digitCount = (text: string): number => text.match(/\d/g)?.length ?? 0
