import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import {
  extractionResultSchema,
  type ExtractionResult,
  type ResultField,
} from '../../core/extraction-result.ts'
import { nest } from './json-tree.ts'

const field = ([value, text]: readonly [Scalar, string | null]): ResultField => ({
  value,
  text,
  confidence: 0.9,
  source: null,
  certified: false,
  path: 'modular',
  grounded: null,
  alternatives: [],
})

/** A result that says these values, each with the text it was printed as. */
export function resultOf(
  values: Readonly<Record<JsonPointer, readonly [Scalar, string | null]>>,
  changes: Partial<ExtractionResult> = {},
): ExtractionResult {
  const entries = Object.entries(values)
  return extractionResultSchema.parse({
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

/** The result of a document that could not be read. */
export const failedResult = (file = 'scans/a.jpg'): ExtractionResult =>
  resultOf(
    {},
    {
      file,
      verdict: 'failed',
      data: null,
      error: { code: 'E_CORRUPT', message: 'The file is damaged.', retryable: false },
    },
  )
