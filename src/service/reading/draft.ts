import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'
import { typeRefSchema } from '../../core/jobs.ts'
import type { RunTask } from '../../compute/run-task.ts'

const truthSchema = z.record(z.string(), z.unknown())

/** A labelled document, as it is sent to a child process to draft a vendor template from. */
export const draftRequestSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  type: typeRefSchema,
  ocr: z.string(),
  pageMs: z.number(),
  truth: truthSchema,
  /** What to call the document in the draft. */
  source: z.string(),
})
export type DraftRequest = z.infer<typeof draftRequestSchema>

const draftedSchema = z.object({
  /** The template as YAML, with comments. */
  text: z.string(),
  /** Fields that the draft reads, and those that the document prints. */
  read: z.int(),
  printed: z.int(),
})
export type DraftedFile = z.infer<typeof draftedSchema>

/** The true values of a document, from a file of the shape of its type; E_BAD_REQUEST for any other file. */
export async function readTruthFile(file: string): Promise<Record<string, unknown>> {
  try {
    return truthSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    throw new ParallaxError(
      'E_BAD_REQUEST',
      `${file} is not a truth that can be read: it must be a file with one JSON object of values, as samples/receipt/*/truth.json.`,
      { cause: error },
    )
  }
}

/** Drafts a vendor template from a labelled document, in a child; rejects as reading a document does. */
export async function draft(run: RunTask, request: DraftRequest, signal: AbortSignal): Promise<DraftedFile> {
  return draftedSchema.parse(await run('draft', request, { signal }))
}
