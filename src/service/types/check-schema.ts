import { z } from 'zod'
import type { RunTask } from '../../compute/run-task.ts'

export const schemaCheckRequestSchema = z.object({ name: z.string(), text: z.string() })
/** The text of a JSON Schema, and the name of the type that it is to be. */
export type SchemaCheckRequest = z.infer<typeof schemaCheckRequestSchema>

/** Compiles a JSON Schema in a child; rejects with E_TYPE_INVALID or E_SCHEMA_UNSAFE as loading it would. */
export async function checkSchema(run: RunTask, request: SchemaCheckRequest): Promise<void> {
  await run('checkSchema', request)
}
