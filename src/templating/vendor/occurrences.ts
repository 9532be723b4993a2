import type { TextLine, Word } from '../../core/document.ts'
import type { Scalar } from '../../core/extraction.ts'
import { distance } from 'fastest-levenshtein'
import { plain } from '../anchor.ts'
import { placesOf } from '../known-text.ts'
import type { ValueParser } from '../parsers.ts'
import type { FillContext } from '../rule.ts'

/** Whether a value that was read is the true one; texts may differ by a misread letter in six. */
export function isRight(read: Scalar | undefined, truth: Scalar): boolean {
  if (typeof read !== 'string' || typeof truth !== 'string') return read === truth
  const [a, b] = [plain(read), plain(truth)]
  return b !== '' && distance(a, b) <= Math.floor(b.length / 6)
}

/** Most words that a date, a time or an amount is printed in. */
const widest = 4

const joined = (words: readonly Word[]): string => words.map((w) => w.text).join(' ')

/** The stretches of a line, the shortest first, that parse as a value. */
export function stretchesOf(
  line: TextLine,
  value: Scalar,
  parse: ValueParser,
  { locale }: FillContext,
): readonly (readonly Word[])[] {
  const found: (readonly Word[])[] = []
  const taken = new Set<Word>()
  for (let width = 1; width <= widest; width++) {
    for (let from = 0; from + width <= line.words.length; from++) {
      const words = line.words.slice(from, from + width)
      if (words.some((w) => taken.has(w)) || parse(joined(words), locale)?.value !== value) continue
      words.forEach((w) => taken.add(w))
      found.push(words)
    }
  }
  return found
}

/** Where a true value stands: stretches of words, from the top. */
export function occurrencesOf(
  value: NonNullable<Scalar>,
  parse: ValueParser,
  context: FillContext,
): readonly (readonly Word[])[] {
  const lines = context.pages.flatMap((page) => page.lines)
  const parsed = lines.flatMap((line) => stretchesOf(line, value, parse, context))
  if (parsed.length > 0 || typeof value !== 'string') return parsed
  return placesOf(context.pages, value).map(({ words }) => words)
}
