import { z } from 'zod'
import { jsonPointerSchema } from '../core/extraction.ts'
import { typeRefSchema } from '../core/jobs.ts'
import type { RunTask } from './read-document.ts'

/** Corrected data, as it is sent to a child process. */
export const checkRequestSchema = z.object({
  type: typeRefSchema,
  data: z.unknown(),
  /** What was changed. */
  fields: z.array(jsonPointerSchema),
  /** Required values that the document did not show; they may go on missing until the review ends. */
  missing: z.array(jsonPointerSchema),
})
export type CheckRequest = z.infer<typeof checkRequestSchema>

/** Why data does not fit a type, or which of the fields the type does not have, as a sentence; null when all is well. */
export async function checkData(run: RunTask, request: CheckRequest): Promise<string | null> {
  return z
    .string()
    .nullable()
    .parse(await run('check', request))
}
