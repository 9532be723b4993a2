import { z } from 'zod'
import { jsonPointerSchema } from '../core/extraction.ts'
import { typeRefSchema } from '../core/jobs.ts'
import type { RunTask } from './read-document.ts'

export const describeRequestSchema = z.object({ spec: z.string(), cwd: z.string(), ocr: z.string() })
export type DescribeRequest = z.infer<typeof describeRequestSchema>

const descriptionSchema = z.object({
  type: typeRefSchema,
  jsonSchema: z.record(z.string(), z.unknown()),
  /** Engines and their revisions. */
  pipeline: z.string(),
})
/** A document type and the engines that will read it, as far as a process needs them that runs neither. */
export type Description = z.infer<typeof descriptionSchema>

/**
 * Loads the type and starts the engine in a child, before any document is touched; rejects with E_TYPE_INVALID,
 * E_SCHEMA_UNSAFE, E_BAD_REQUEST or E_ENGINE.
 */
export async function describe(run: RunTask, request: DescribeRequest): Promise<Description> {
  return descriptionSchema.parse(await run('describe', request))
}

export const validateRequestSchema = z.object({
  type: typeRefSchema,
  data: z.unknown(),
  fields: z.array(jsonPointerSchema),
})

/** Why data does not fit a type, or which of the fields the type does not have, as a sentence; null when all is well. */
export async function validateData(
  run: RunTask,
  request: z.infer<typeof validateRequestSchema>,
): Promise<string | null> {
  return z
    .string()
    .nullable()
    .parse(await run('validate', request))
}
