import type { ParserName } from './vendor-template.ts'

/** A value of a type, and how it is usually parsed. */
export interface ValueField {
  readonly kind: 'field'
  readonly as: ParserName
}

/** A list of records, and how their values are usually parsed. */
export interface ListField {
  readonly kind: 'records'
  readonly columns: Readonly<Record<string, ParserName>>
}

export type SchemaField = ValueField | ListField

/** What kind of value a parser makes. */
export function kindOf(parser: ParserName): string {
  if (['money', 'number', 'integer'].includes(parser)) return 'a number'
  if (['boolean', 'date', 'time'].includes(parser)) return `a ${parser}`
  return 'a text'
}
