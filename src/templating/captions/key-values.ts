import { meanConfidence } from '../regex.ts'
import { text } from '../parsers.ts'
import { findingsOf, type FillContext, type Finding, type RecordsRule } from '../rule.ts'
import { pairsOn, type Pair } from './pairs.ts'
import { textOf } from './sheet.ts'

/** How sure it is that words beside or below what looks like a caption are its value. */
const paired = 0.8

const found = (
  words: Pair['words'],
  raw: string,
  page: number,
  { locale }: FillContext,
): readonly Finding[] =>
  findingsOf(text(raw, locale), { page, words, confidence: paired * meanConfidence(words) })

/**
 * One record for every caption of the pages that has a value beside or below it.
 * @example template({ '/entries': keyValues('label', 'value') })
 */
export const keyValues = (label: string, value: string): RecordsRule => ({
  kind: 'records',
  find: (context) =>
    pairsOn(context.pages).map(({ captionWords, words, page }) => ({
      [label]: found(captionWords, textOf(captionWords).replace(/[\s:：]+$/u, ''), page, context),
      [value]: found(words, textOf(words), page, context),
    })),
})
