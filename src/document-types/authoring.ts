/**
 * What a document type is made of: all that a type file imports from 'parallax'.
 * @module
 */
export { defineDocumentType } from '../core/document-type.ts'
export type { DocumentType, Reading, Rule, Template } from '../core/document-type.ts'
export type { Field, Fields, JsonPointer, Violation } from '../core/extraction.ts'
export { field } from '../core/field-spec.ts'
export type { FieldSpec } from '../core/field-spec.ts'
export type { Flag, Row, RowField } from '../core/row.ts'
export { addsUp } from '../templating/arithmetic.ts'
export { anchor } from '../templating/anchor.ts'
export { currency } from '../templating/currency.ts'
export { entity } from '../templating/entity.ts'
export { firstOf } from '../templating/first-of.ts'
export { boolean, date, integer, money, number, phone, text, time, wording } from '../templating/parsers.ts'
export { columnTable } from '../templating/column-table.ts'
export { knownText } from '../templating/known-text.ts'
export { records } from '../templating/records.ts'
export { regex } from '../templating/regex.ts'
export { fixedRegion, rowRegion } from '../templating/region.ts'
export { table } from '../templating/table.ts'
export { template } from '../templating/template.ts'
