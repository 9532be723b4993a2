import { plain } from '../anchor.ts'
import { meanConfidence } from '../regex.ts'
import type { FillContext, Finding } from '../rule.ts'
import { addressee } from './addressee.ts'
import { guess, letterhead } from './letterhead.ts'
import type { Question } from './question.ts'
import { wordsFor } from './readings.ts'
import { textOf } from './sheet.ts'
import type { Marked } from './surroundings.ts'

/** A value that nothing names: the only one of its form on the page, the name in its head, or the one above an address. */
export function guesses(
  { withoutCaption, parse, kind }: Question,
  pages: readonly Marked[],
  { locale }: FillContext,
): readonly Finding[] {
  if (withoutCaption === 'letterhead') return pages.flatMap(letterhead)
  if (withoutCaption === 'addressee') return pages.flatMap(addressee)
  if (withoutCaption === null) return []
  const found = pages.flatMap(({ sheet }) =>
    sheet.rows.flat().flatMap(({ words }) => {
      const text = textOf(words)
      const parsed = parse(text, locale)
      const printed = parsed ? wordsFor(words, parsed) : []
      return parsed && (kind !== 'choice' || plain(parsed.text) === plain(text))
        ? [{ ...parsed, page: sheet.page, words: printed, confidence: guess * meanConfidence(printed) }]
        : []
    }),
  )
  return new Set(found.map(({ value }) => value)).size === 1 ? found.slice(0, 1) : []
}
