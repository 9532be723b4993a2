import type { JsonPointer } from './extraction.ts'

/** What a phrase says of a field: what it belongs to, or in which words it may be asked for. */
export type PhraseKind = 'owner' | 'title' | 'name' | 'caption' | 'description' | 'example'

/** What is asked for: a type of JSON Schema, or a format where one says more. */
export type QuestionType =
  'string' | 'number' | 'integer' | 'boolean' | 'date' | 'time' | 'email' | 'uri' | 'iban' | 'enum'

/** A field of a schema as a question about a page. */
export interface FieldQuestion {
  /** With `*` for the number of a record. */
  readonly pointer: JsonPointer
  /** Of a column the list in whose records it has a value each; null for a single value. */
  readonly list: JsonPointer | null
  /** The first that is an owner counts, and the first three others. */
  readonly phrases: readonly { readonly kind: PhraseKind; readonly text: string }[]
  readonly type: QuestionType
}
