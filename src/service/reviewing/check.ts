import { z } from 'zod'
import { jsonPointerSchema } from '../../core/extraction.ts'
import { typeRefSchema } from '../../core/jobs.ts'
import { flagSchema } from '../../core/extraction-result.ts'
import type { RunTask } from '../../compute/run-task.ts'

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

const verdictSchema = z.object({
  /** Why the data does not fit the type, or which of the fields the type does not have, as a sentence; null when all is well. */
  problem: z.string().nullable(),
  /** What the type's rules say against data that fits. */
  flags: z.array(flagSchema),
  /** Values of new records that were left out, and which the type lets be null: they are. */
  left: z.array(jsonPointerSchema),
})
export type DataVerdict = z.infer<typeof verdictSchema>

/** Holds corrected data against its type, in a child. */
export async function checkData(run: RunTask, request: CheckRequest): Promise<DataVerdict> {
  return verdictSchema.parse(await run('check', request))
}
