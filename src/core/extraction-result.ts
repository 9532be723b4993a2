import { z } from 'zod'
import { rejectionSchema } from './decision.ts'
import { errorReportSchema } from './errors.ts'
import { submissionNoteSchema } from './metadata.ts'
import { partSchema } from './part.ts'
import { toldTypeSchema } from './told-type.ts'
import { fieldSchema, jsonPointerSchema, pathSchema, violationSchema } from './extraction.ts'

export const strategySchema = z.enum(['direct', 'modular', 'both', 'auto'])
/** How a document is read: by one path, by both, or by the modular one where the direct one is in doubt. */
export type Strategy = z.infer<typeof strategySchema>

/** A reason why a document is not accepted without a look. */
export const flagSchema = violationSchema
export type Flag = z.infer<typeof flagSchema>

export const resultFieldSchema = fieldSchema.extend({
  /** True once a certificate bounds the error of values like this one. */
  certified: z.boolean(),
  path: pathSchema,
  /** Whether a reader that did not make the value finds it on the page; null where none has looked. */
  grounded: z.boolean().nullable().default(null),
  alternatives: z.array(
    z.object({
      path: pathSchema,
      value: fieldSchema.shape.value,
      text: z.string().nullable(),
      confidence: z.number(),
    }),
  ),
})
export type ResultField = z.infer<typeof resultFieldSchema>

const attemptSummarySchema = z.object({
  path: pathSchema,
  model: z.string(),
  score: z.number().nullable(),
  ms: z.number(),
  error: errorReportSchema.optional(),
})

/** One finished document: what `extract --format jsonl` prints and the API answers. */
export const extractionResultSchema = z.object({
  version: z.literal(1),
  /** As given; of a document that shares its file with others with `#` and its number, as `part` says. */
  file: z.string(),
  documentType: z.string(),
  route: strategySchema,
  reason: z.string(),
  verdict: z.enum(['accepted', 'needs_review', 'failed']),
  data: z.unknown(),
  fields: z.record(jsonPointerSchema, resultFieldSchema),
  flags: z.array(flagSchema),
  attempts: z.array(attemptSummarySchema),
  error: errorReportSchema.nullable(),
  ms: z.number(),
  /** What was said of it by whoever rejected it. */
  rejection: rejectionSchema.optional(),
  /** What was said when it was submitted, where anything was. */
  submission: submissionNoteSchema.optional(),
  /** Which document of its file it is, where the file holds several. */
  part: partSchema.optional(),
  /** All documents that its file holds, where only the first of several was read. */
  parts: z.array(partSchema).optional(),
  /** How sure it is that the document is of this type, where nobody named one. */
  told: toldTypeSchema.optional(),
})
export type ExtractionResult = z.infer<typeof extractionResultSchema>
