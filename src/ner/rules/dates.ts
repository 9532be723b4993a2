import { wordConfidence } from '../../core/document.ts'
import type { Entity } from '../../core/engines.ts'
import { findInLine, type TextSpan } from '../../core/line-text.ts'
import { datePatterns, parseDate } from '../../values/date.ts'
import { phrasesFor } from '../../values/lexicon.ts'
import { parseTime, timePattern } from '../../values/time.ts'
import { phraseTokens, says } from './lexicon.ts'
import type { Line } from './line.ts'

const dateWords = phrasesFor('date')
const timeWords = phrasesFor('time')
const otherDates = phrasesFor('otherDate')
const otherTimes = phrasesFor('otherTime')

/** A year on a receipt that someone still has to enter; later ones are misread. */
const plausible = (iso: string): boolean => iso >= '1995' && iso <= '2035'

interface Found {
  readonly line: Line
  readonly span: TextSpan
  readonly weight: number
}

function dateSpans(line: Line): readonly TextSpan[] {
  for (const pattern of datePatterns) {
    const spans = findInLine(line.textLine, pattern, line.repaired)
    const read = spans.filter((s) => plausible(parseDate(s.text, { dayFirst: true }) ?? ''))
    if (read.length > 0) return read
  }
  return []
}

function dateWeight(line: Line, previous: Line | undefined): number {
  const named = says(line.text, dateWords) || (previous !== undefined && says(previous.text, dateWords))
  const timed = timePattern().test(line.repaired)
  const other = says(line.text, otherDates)
  return (
    1 +
    (named ? 1 : 0) +
    (timed ? 0.7 : 0) -
    (other ? 1.5 : 0) -
    (phraseTokens(line.text).length > 8 ? 0.5 : 0)
  )
}

function rank(found: readonly Found[], label: string): readonly Entity[] {
  const sorted = [...found].sort((a, b) => b.weight - a.weight || a.line.index - b.line.index)
  return sorted.slice(0, 4).map(({ line, span, weight }) => ({
    label,
    page: line.page,
    words: span.words,
    group: null,
    confidence: Math.min(1, 0.5 + weight / 4) * wordConfidence(span.words),
  }))
}

export function tagDates(lines: readonly Line[]): readonly Entity[] {
  const found = lines.flatMap((line, i) =>
    dateSpans(line).map((span) => ({ line, span, weight: dateWeight(line, lines[i - 1]) })),
  )
  return rank(found, 'DATE')
}

/** Times, those beside a date first. */
export function tagTimes(lines: readonly Line[]): readonly Entity[] {
  const dated = new Set(lines.filter((l) => dateSpans(l).length > 0).map((l) => l.index))
  const found = lines.flatMap((line) =>
    findInLine(line.textLine, timePattern(), line.repaired)
      .filter((span) => parseTime(span.text) !== null)
      .map((span) => {
        const near = dated.has(line.index)
          ? 1.5
          : dated.has(line.index - 1) || dated.has(line.index + 1)
            ? 0.7
            : 0
        const other = says(line.text, otherTimes)
        return { line, span, weight: near + (says(line.text, timeWords) ? 1 : 0) - (other ? 1 : 0) }
      }),
  )
  return rank(found, 'TIME')
}
