import type { Page } from '../core/document.ts'
import type { Field, Fields, JsonPointer } from '../core/extraction.ts'
import { mapBox } from '../core/geometry.ts'

function toSubmittedField(field: Field, pages: readonly Page[]): Field {
  const page = pages.find((p) => p.number === field.source?.page)
  if (!field.source || !page) return field
  return { ...field, source: { ...field.source, box: [...mapBox(field.source.box, page.toSubmitted)] } }
}

/** Boxes of normalised pages to boxes of the pages as they were submitted. */
export function locateFields(fields: Fields, pages: readonly Page[]): Fields {
  const entries = Object.entries(fields) as [JsonPointer, Field][]
  return Object.fromEntries(entries.map(([pointer, field]) => [pointer, toSubmittedField(field, pages)]))
}
