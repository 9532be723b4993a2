import type { OcrPage, Page } from '../core/document.ts'
import type { Field, Fields, JsonPointer, SeenWord } from '../core/extraction.ts'
import { mapBox } from '../core/geometry.ts'

function toSubmittedField(field: Field, pages: readonly Page[]): Field {
  const page = pages.find((p) => p.number === field.source?.page)
  if (!field.source || !page) return field
  return { ...field, source: { ...field.source, box: [...mapBox(field.source.box, page.toSubmitted)] } }
}

/** The words of normalised pages in reading order, where they stand on the pages as submitted. */
export const seenWords = (pages: readonly OcrPage[], submitted: readonly Page[]): SeenWord[] =>
  pages.flatMap(({ page: number, lines }) => {
    const page = submitted.find((p) => p.number === number)
    if (!page) return []
    const words = lines.flatMap((line) => line.words)
    return words.map(({ text, box }) => ({ page: number, text, box: [...mapBox(box, page.toSubmitted)] }))
  })

export const leastSharpness = (pages: readonly Page[]): number =>
  Math.min(...pages.map(({ quality }) => quality.sharpness))

/** Boxes of normalised pages to boxes of the pages as they were submitted. */
export function locateFields(fields: Fields, pages: readonly Page[]): Fields {
  const entries = Object.entries(fields) as [JsonPointer, Field][]
  return Object.fromEntries(entries.map(([pointer, field]) => [pointer, toSubmittedField(field, pages)]))
}
