import type { Entity } from '../../core/engines.ts'
import { findInLine, type TextSpan } from '../../core/line-text.ts'
import { entityOf, phonePattern } from './header.ts'
import { idWords, phoneWords } from './header-lexicon.ts'
import { says } from './lexicon.ts'
import { digitCount, type Line } from './line.ts'

const headLines = 20
const otherNumbers = [...idWords, 'invoice', 'no', 'receipt']

function phonesOn(line: Line): readonly TextSpan[] {
  const named = says(line.text, phoneWords)
  if (!named && says(line.text, otherNumbers)) return []
  const fax = /\bfax\b/i.exec(line.text)?.index ?? Infinity
  return findInLine(line.textLine, phonePattern(), line.repaired).filter(({ text, start }) => {
    const digits = digitCount(text)
    return digits >= 7 && digits <= 13 && start < fax && (named || /[\s().-]/.test(text.trim()))
  })
}

/** Phone numbers near the top, those that are announced first. */
export function tagPhones(lines: readonly Line[]): readonly Entity[] {
  const found = lines.slice(0, headLines).flatMap((line) => {
    const weight = says(line.text, phoneWords) ? 0.9 : 0.5
    return phonesOn(line).map((span) => ({ line, span, weight }))
  })
  const ranked = found.sort((a, b) => b.weight - a.weight || a.line.index - b.line.index)
  return ranked.slice(0, 2).map(({ line, span, weight }) => entityOf('PHONE', span.words, line.page, weight))
}
