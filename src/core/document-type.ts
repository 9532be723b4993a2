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

/** Reads data that a file is, or holds beside its pages, without looking at any page. */
export interface EmbeddedReader {
  readonly name: string
  readonly revision: string
  /** Values that pages show by other signs, or not at all. */
  readonly unprinted?: readonly JsonPointer[]
  /** Whether these are the bytes of a file that is such data, by a look at their beginning. */
  isFile(bytes: Uint8Array): boolean
  /** Whether a file that is attached to a PDF goes by a name that such data has. */
  isAttachment(name: string): boolean
  /** Throws a `ParallaxError` for anything that it cannot make data of. */
  read(bytes: Uint8Array): Candidate
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the rules make T invariant: only any holds every type
export interface DocumentType<T = any> {
  readonly name: string
  readonly schema: z.ZodType<T>
  /** Fields without which a document is never accepted unseen. */
  readonly required: readonly JsonPointer[]
  readonly template: Template
  /** Takes the data from the file itself where it has such: it is then read by no path, and held against its pages. */
  readonly embedded?: EmbeddedReader
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

/** A type as its file declares it: without a template its values are looked for by their captions, as those of a JSON Schema. */
export type DeclaredType<T> = Omit<DocumentType<T>, 'template'> & Partial<Pick<DocumentType<T>, 'template'>>

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
): DocumentType<z.infer<S>>
export function defineDocumentType<S extends z.ZodType>(
  type: Omit<DeclaredType<z.infer<S>>, 'schema'> & { readonly schema: S },
): DeclaredType<z.infer<S>>
export function defineDocumentType<S extends z.ZodType>(
  type: Omit<DeclaredType<z.infer<S>>, 'schema'> & { readonly schema: S },
): DeclaredType<z.infer<S>> {
  return type as DeclaredType<z.infer<S>>
}

/** The document type that is read where nobody names one. */
export const defaultType = 'receipt'
