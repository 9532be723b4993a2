import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import { rowSchema, type Row, type RowField } from '../../core/row.ts'
import { nest } from './json-tree.ts'

const field = ([value, text]: readonly [Scalar, string | null]): RowField => ({
  value,
  text,
  confidence: 0.9,
  source: null,
  certified: false,
  path: 'modular',
  grounded: null,
  alternatives: [],
})

/** A row that says these values, each with the text it was printed as. */
export function rowOf(
  values: Readonly<Record<JsonPointer, readonly [Scalar, string | null]>>,
  changes: Partial<Row> = {},
): Row {
  const entries = Object.entries(values)
  return rowSchema.parse({
    version: 1,
    file: 'scans/a.jpg',
    documentType: 'receipt',
    route: 'modular',
    reason: 'asked for',
    verdict: 'accepted',
    data: nest(Object.fromEntries(entries.map(([pointer, [value]]) => [pointer, value]))),
    fields: Object.fromEntries(entries.map(([pointer, pair]) => [pointer, field(pair)])),
    flags: [],
    attempts: [],
    error: null,
    ms: 1,
    ...changes,
  })
}

/** The row of a document that could not be read. */
export const failedRow = (file = 'scans/a.jpg'): Row =>
  rowOf(
    {},
    {
      file,
      verdict: 'failed',
      data: null,
      error: { code: 'E_CORRUPT', message: 'The file is damaged.', retryable: false },
    },
  )
