import { z } from 'zod'
import { acceptanceSchema } from '../../core/acceptance.ts'
import { pathSchema, violationSchema } from '../../core/extraction.ts'
import { typeRefSchema } from '../../core/jobs.ts'
import { partSchema, splitSchema } from '../../core/part.ts'
import { strategySchema } from '../../core/extraction-result.ts'
import { ownModel, vlmSettingsSchema } from '../../core/vlm.ts'
import { sentTemplatesSchema } from '../types/templates.ts'

/** One document for one path to read, as it is sent to a child process. */
export const attemptRequestSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  type: typeRefSchema,
  /** The strategy that the document is read by, and the path of it that reads now. */
  route: strategySchema.default('modular'),
  path: pathSchema,
  ocr: z.string(),
  vlm: vlmSettingsSchema.default(ownModel),
  /** What may be accepted unseen; part of the pipeline. */
  accept: acceptanceSchema.default('calibrated'),
  /** The engines and the version of Parallax that are required; left out, any will do. */
  pipeline: z.string().optional(),
  pageMs: z.number(),
  /** Whether to tell which documents the file holds, and to read the first; else the file is one. */
  split: splitSchema.default('never'),
  /** The document of the file to read, where that has been told before, and what was doubtful about it. */
  part: partSchema.nullable().default(null),
  doubts: z.array(violationSchema).default([]),
  /** The vendor templates of the document's type. */
  templates: sentTemplatesSchema.optional(),
})
export type AttemptRequest = z.input<typeof attemptRequestSchema>
export type ParsedAttemptRequest = z.infer<typeof attemptRequestSchema>
