import type { OcrPage, Word } from '../core/document.ts'
import type { Reading } from '../core/document-type.ts'
import type { Scalar, Violation } from '../core/extraction.ts'
import type { Locale } from '../values/locale.ts'
import type { Parsed } from './parsers.ts'

/** A value that a rule found, and the words it was printed as. */
export interface Finding {
  readonly value: NonNullable<Scalar>
  readonly text: string
  readonly confidence: number
  readonly page: number
  readonly words: readonly Word[]
  /** Why the value is in doubt, where its text alone says so. */
  readonly doubt?: Omit<Violation, 'field'>
}

export interface FillContext extends Reading {
  readonly locale: Locale
}

/** Finds one value: candidates, the likeliest first; none when the document does not show it. */
export interface FieldRule {
  readonly kind: 'field'
  /** Labels of the entities that it looks at. */
  readonly labels?: readonly string[]
  find(context: FillContext): readonly Finding[]
}

/** Finds the records of a list: for each, candidates by key. */
export interface RecordsRule {
  readonly kind: 'records'
  /** Labels of the entities that it looks at. */
  readonly labels?: readonly string[]
  find(context: FillContext): readonly Readonly<Record<string, readonly Finding[]>>[]
}

export type TemplateRule = FieldRule | RecordsRule

export const fieldRule = (find: FieldRule['find'], labels: readonly string[] = []): FieldRule => ({
  kind: 'field',
  labels,
  find,
})

/** What a text means as findings: its value as sure as the text is, then what else it may mean. */
export function findingsOf(
  parsed: Parsed | null,
  place: Pick<Finding, 'page' | 'words' | 'confidence'>,
): readonly Finding[] {
  if (parsed === null) return []
  const { value, text, certainty = 1, others = [], doubt } = parsed
  const first = { ...place, value, text, confidence: place.confidence * certainty }
  const rest = others.map((o) => ({
    ...place,
    value: o.value,
    text,
    confidence: place.confidence * o.certainty,
  }))
  return [doubt ? { ...first, doubt } : first, ...rest]
}

/** Every line of every page with the page's number. */
export const linesOf = (pages: readonly OcrPage[]) =>
  pages.flatMap(({ page, lines }) => lines.map((line) => ({ page, line })))
