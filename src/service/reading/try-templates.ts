import { z } from 'zod'
import { fieldSchema, jsonPointerSchema } from '../../core/extraction.ts'
import { typeRefSchema } from '../../core/jobs.ts'
import type { RunTask } from '../../compute/run-task.ts'
import { sentTemplatesSchema } from '../types/templates.ts'

/** A document to try vendor templates on, as it is sent to a child process. */
export const trialRequestSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  type: typeRefSchema,
  ocr: z.string(),
  pageMs: z.number(),
  templates: sentTemplatesSchema,
})
export type TrialRequest = z.infer<typeof trialRequestSchema>

const trialSchema = z.object({
  /** The template that is used; null when none matches. */
  template: z.string().nullable(),
  /** For each template, how many of its marks were found. */
  matches: z.array(z.object({ name: z.string(), found: z.int(), of: z.int() })),
  /** What each field of the template gives; where it is not found, the type's own template is asked. */
  fields: z.array(
    z.object({
      pointer: jsonPointerSchema,
      way: z.string(),
      found: z.boolean(),
      value: fieldSchema.shape.value,
      text: z.string().nullable(),
    }),
  ),
})
export type Trial = z.infer<typeof trialSchema>

/** Tries vendor templates on a document, in a child; rejects as reading a document does. */
export async function tryTemplates(run: RunTask, request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  return trialSchema.parse(await run('try', request, { signal }))
}
