import { z } from 'zod'
import { attemptSummarySchema, flagSchema, routeSchema } from '../core/row.ts'
import { errorReportSchema } from '../core/errors.ts'
import { extractionSchema, jsonPointerSchema, pathSchema } from '../core/extraction.ts'
import { typeRefSchema } from '../core/jobs.ts'
import type { Attempt } from '../core/judging.ts'
import { ownModel, vlmSettingsSchema } from '../core/vlm.ts'
import { sentTemplatesSchema } from './templates.ts'

/** One document for one path to read, as it is sent to a child process. */
export const attemptRequestSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  type: typeRefSchema,
  /** What the document takes part in, and the path of it that reads now. */
  route: routeSchema.default('modular'),
  path: pathSchema,
  ocr: z.string(),
  vlm: vlmSettingsSchema.default(ownModel),
  /** What the engines and the version of Parallax must be; whatever there is will do where it is left out. */
  pipeline: z.string().optional(),
  pageMs: z.number(),
  /** Those of the document's type. */
  templates: sentTemplatesSchema.optional(),
})
export type AttemptRequest = z.input<typeof attemptRequestSchema>
export type ParsedAttemptRequest = z.infer<typeof attemptRequestSchema>

const scoreSchema = z.object({
  value: z.number(),
  fields: z.record(jsonPointerSchema, z.number()),
  flags: z.array(flagSchema),
})

/** What comes back from a child: a finished attempt. Errors come as errors. */
export const attemptSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), path: pathSchema, extraction: extractionSchema, score: scoreSchema }),
  z.object({
    ok: z.literal(false),
    path: pathSchema,
    error: errorReportSchema,
    ms: attemptSummarySchema.shape.ms,
  }),
]) satisfies z.ZodType<Attempt>
