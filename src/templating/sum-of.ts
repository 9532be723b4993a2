import { findingOf, type EntityOptions } from './entity.ts'
import { text } from './parsers.ts'
import { fieldRule, type FieldRule } from './rule.ts'

/**
 * The sum of the amounts that the tagger labelled so in several records, for a document that prints only the parts; none
 * where fewer than two are read, or one of them is no number. It is as sure as all of its parts together; its text is
 * theirs, with a plus between them, and it stands where they stand.
 * @example sumOf('TAX_AMOUNT', { as: money }) // "2.25 + 2.25" is 4.50
 */
export function sumOf(label: string, { as = text }: EntityOptions = {}): FieldRule {
  return fieldRule((context) => {
    const entities = context.entities.filter((e) => e.label === label && e.group !== null)
    const parts = entities.flatMap((e) => findingOf(e, as, context))
    const values = parts.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
    if (values.length < 2 || values.length < entities.length) return []
    const cents = values.reduce((sum, value) => sum + Math.round(value * 100), 0)
    const page = parts[0]!.page
    return [
      {
        value: cents / 100,
        text: parts.map((p) => p.text).join(' + '),
        confidence: parts.reduce((all, p) => all * p.confidence, 1),
        page,
        words: parts.filter((p) => p.page === page).flatMap((p) => p.words),
      },
    ]
  })
}
