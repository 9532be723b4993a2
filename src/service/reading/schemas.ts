import { z } from 'zod'
import { triedFieldSchema } from '../../contract/types.ts'
import { jsonPointerSchema } from '../../core/extraction.ts'
import { typeRefSchema } from '../../core/jobs.ts'
import type { RunTask } from '../../compute/run-task.ts'

const documentSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  ocr: z.string(),
  pageMs: z.number(),
})

/** A document to try a schema on, as it is sent to a child process. */
export const schemaTrialRequestSchema = documentSchema.extend({ type: typeRefSchema })
export type SchemaTrialRequest = z.infer<typeof schemaTrialRequestSchema>

const schemaTrialSchema = z.array(triedFieldSchema)
/** What each field of a schema finds on a document, see `TriedField`. */
export type SchemaTrial = z.infer<typeof schemaTrialSchema>

/** Tries a schema on a document, in a child; E_BAD_REQUEST for a type that has rules of its own, else rejects as reading a document does. */
export async function trySchemaOn(
  run: RunTask,
  request: SchemaTrialRequest,
  signal: AbortSignal,
): Promise<SchemaTrial> {
  return schemaTrialSchema.parse(await run('trySchema', request, { signal }))
}

/** A document to draft a schema from. */
export const schemaDraftRequestSchema = documentSchema.extend({
  /** What to call such documents. */
  title: z.string(),
})
export type SchemaDraftRequest = z.infer<typeof schemaDraftRequestSchema>

const schemaDraftSchema = z.object({
  /** A JSON Schema. */
  schema: z.record(z.string(), z.unknown()),
  properties: z.array(z.object({ pointer: jsonPointerSchema, caption: z.string(), text: z.string() })),
})
export type SchemaDraft = z.infer<typeof schemaDraftSchema>

/** Drafts a schema from what a document prints, in a child; rejects as reading a document does. */
export async function draftSchemaFrom(
  run: RunTask,
  request: SchemaDraftRequest,
  signal: AbortSignal,
): Promise<SchemaDraft> {
  return schemaDraftSchema.parse(await run('draftSchema', request, { signal }))
}
