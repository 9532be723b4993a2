import { lineText } from '../core/document.ts'
import { wordsBetween } from '../core/line-text.ts'
import { text, type ValueParser } from './parsers.ts'
import { fieldRule, findingsOf, linesOf, type FieldRule } from './rule.ts'

export interface RegexOptions {
  readonly as?: ValueParser
}

/** Where a pattern's values stand in a row's text: first character and the one after the last. */
export type FindSpans = (text: string) => readonly (readonly [start: number, end: number])[]

/** What stands at the spans of each line, lines from top to bottom. */
export function matching(spansIn: FindSpans, { as = text }: RegexOptions = {}): FieldRule {
  return fieldRule(({ pages, locale }) =>
    linesOf(pages).flatMap(({ page, line }) =>
      spansIn(lineText(line)).flatMap(([start, end]) => {
        const parsed = as(lineText(line).slice(start, end), locale)
        const words = wordsBetween(line, start, end)
        return findingsOf(parsed, { page, words, confidence: 0.9 * meanConfidence(words) })
      }),
    ),
  )
}

/** What the pattern's first group (or the whole match) shows on a line, lines from top to bottom. */
export function regex(pattern: RegExp, options: RegexOptions = {}): FieldRule {
  const everywhere = new RegExp(pattern.source, [...new Set(`${pattern.flags}gd`)].join(''))
  const spansIn: FindSpans = (text) =>
    [...text.matchAll(everywhere)].map((match) => match.indices?.[1] ?? match.indices![0]!)
  return matching(spansIn, options)
}

/** Mean of the engine's confidences; 0 for no words. */
export function meanConfidence(words: readonly { confidence: number }[]): number {
  return words.length === 0 ? 0 : words.reduce((sum, w) => sum + w.confidence, 0) / words.length
}
