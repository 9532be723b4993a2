import type { OcrPage } from '../../core/document.ts'
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

/** From top to bottom, and from left to right. */
const inOrder = (pages: readonly OcrPage[]): readonly Pair[] =>
  [...pairsOn(pages)].sort(
    (a, b) => a.page - b.page || a.row - b.row || a.captionWords[0]!.box[0] - b.captionWords[0]!.box[0],
  )

/**
 * One record for every caption of the pages that has a value beside or below it.
 * @example template({ '/entries': keyValues('label', 'value') })
 */
export const keyValues = (label: string, value: string): RecordsRule => ({
  kind: 'records',
  find: (context) =>
    inOrder(context.pages).map(({ captionWords, words, page }) => ({
      [label]: found(captionWords, textOf(captionWords).replace(/[\s:：]+$/u, ''), page, context),
      [value]: found(words, textOf(words), page, context),
    })),
})
