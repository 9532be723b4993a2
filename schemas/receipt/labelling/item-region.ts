import { tagDiscounts } from './adjustments.ts'
import type { AmountLine } from './amounts.ts'
import { phraseTokens, rolesOf, type AmountRole } from '../../../src/ner/rules/lexicon.ts'
import type { Line } from '../../../src/ner/rules/line.ts'

const closing: readonly AmountRole[] = [
  'total',
  'strongTotal',
  'subtotal',
  'cash',
  'change',
  'rounding',
  'tax',
  'service',
  'tip',
  'fare',
]

/** Long lines are names of things, even when they contain "card" or "tip". */
const longestCaption = 6

/** Whether the items end here. What is carried over to another page, or counted, lies between them. */
function closes({ line, roles }: AmountLine): boolean {
  if (roles.has('notTotal') || phraseTokens(line.text).length > longestCaption) return false
  return closing.some((role) => roles.has(role))
}

/** A caption whose amount stands elsewhere: "Description Qty Total" heads the items, a bare "Total" ends them. */
function isBareCaption(line: Line): boolean {
  if (phraseTokens(line.text).length > 2) return false
  const roles = rolesOf(line.text)
  return closing.some((role) => roles.has(role))
}

/**
 * The lines with amounts between the first of them and the first sum, without what is taken off the whole, carried over or
 * counted; none where a document has no item lines.
 */
export function itemLines(lines: readonly Line[], priced: readonly AmountLine[]): readonly Line[] {
  const first = lines.find((line) => line.amounts.length > 0)
  if (!first) return []
  const byLine = new Map(priced.map((p) => [p.line, p]))
  const end = lines.findIndex((line) => {
    if (line.index < first.index) return false
    const known = byLine.get(line)
    return known && line.amounts.length > 0 ? closes(known) : isBareCaption(line)
  })
  const discounts = new Set(tagDiscounts(priced).flatMap(({ words }) => words))
  return lines.slice(first.index, end < 0 ? undefined : end).filter((line) => {
    if (line.amounts.length === 0 || byLine.get(line)?.roles.has('notTotal')) return false
    return !line.textLine.words.some((word) => discounts.has(word))
  })
}
