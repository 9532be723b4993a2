import type { z } from 'zod'
import type { OcrPage } from './document.ts'
import type { DigitConfusions, Entity, Labeller } from './engines.ts'
import type { FieldQuestion } from './field-question.ts'
import type { Candidate, Fields, JsonPointer, Violation } from './extraction.ts'
import type { Sum } from './sum.ts'

/** What a template may look at. Boxes are in fractions of the normalised pages. */
export interface Reading {
  readonly pages: readonly OcrPage[]
  readonly entities: readonly Entity[]
  /** Of the engine that read the pages; without it every confusion is as likely. */
  readonly digitConfusions?: DigitConfusions
}

/** How the modular path fills a document type: pure, from words and entities to data. */
export interface Template {
  /** Labels of the entities that it looks at: where there are none, no tagger is asked. Left out where it does not tell. */
  readonly labels?: readonly string[]
  fill(reading: Reading): Candidate
  /** Amounts that hang together: their readings are judged as one. */
  readonly sums?: readonly Sum[]
  /** Amounts of lines that a sum of the same reading confirms to the cent. */
  confirms?(fields: Fields): readonly JsonPointer[]
}

/** A check of the data against itself; no truth needed. */
export type Rule<T> = (data: T) => readonly Violation[]

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the rules make T invariant: only any holds every type
export interface DocumentType<T = any> {
  readonly name: string
  readonly schema: z.ZodType<T>
  /** Fields without which a document is never accepted unseen. */
  readonly required: readonly JsonPointer[]
  readonly template: Template
  readonly rules: readonly Rule<T>[]
  /** What a model for any document is asked about the pages, for the template. */
  readonly questions?: readonly FieldQuestion[]
  /** What labels words for the template, beside the tagger of its model. */
  readonly labellers?: readonly Labeller[]
  /** The models that read such documents, as a folder of `models/`: `receipt/1`. Without one, those for any document. */
  readonly model?: string
  /** What a vision-language model should know of such documents, beyond the schema. */
  readonly prompt?: string
}

/**
 * Declares a document type; the schema's type checks the rules.
 * @example
 * export default defineDocumentType({
 *   name: 'ticket',
 *   schema: z.object({ number: z.string().nullable(), price: z.number().nullable() }),
 *   required: ['/price'],
 *   template: template({ '/number': regex(/No\.? *(\d+)/), '/price': anchor('Price', { as: money }) }),
 *   rules: [],
 * })
 */
export function defineDocumentType<S extends z.ZodType>(
  type: Omit<DocumentType<z.infer<S>>, 'schema'> & { readonly schema: S },
): DocumentType<z.infer<S>> {
  return type as DocumentType<z.infer<S>>
}
