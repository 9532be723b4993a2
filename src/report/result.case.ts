import type { JsonPointer, Scalar } from '../core/extraction.ts'
import type { ExtractionResult, ResultField } from '../core/extraction-result.ts'
import { resultOf } from '../scoring/metrics/result.case.ts'

/** A field of the direct path, with what the modular path read where that is given. */
export const read = (value: Scalar, changes: Partial<ResultField> = {}, other?: Scalar): ResultField => ({
  value,
  text: value === null ? null : String(value),
  confidence: 0.9,
  source: { page: 1, box: [0.1, 0.1, 0.3, 0.2], text: String(value) },
  certified: false,
  path: 'direct',
  grounded: null,
  alternatives:
    other === undefined
      ? []
      : [{ path: 'modular', value: other, text: other === null ? null : String(other), confidence: 0.5 }],
  ...changes,
})

/** A result of route both with these fields. */
export const bothResult = (
  fields: Readonly<Record<JsonPointer, ResultField>>,
  changes: Partial<ExtractionResult> = {},
): ExtractionResult =>
  resultOf(
    {},
    {
      route: 'both',
      fields,
      attempts: [
        { path: 'direct', model: 'dense@1', score: 1, ms: 300 },
        { path: 'modular', model: 'ocr@5', score: 1, ms: 100 },
      ],
      ...changes,
    },
  )
