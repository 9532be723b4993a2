import { z } from 'zod'
import type { RunTask } from '../../compute/run-task.ts'
import { partSchema, segmentationSchema, splitSchema } from '../../core/part.ts'
import { toldTypeSchema } from '../../core/told-type.ts'

/** A file whose documents are to be told, as it is sent to a child process. */
export const tellTypesRequestSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  ocr: z.string(),
  split: splitSchema.default('never'),
  /** What they are to be told by; left out, anything will do. */
  pipeline: z.string().optional(),
  pageMs: z.number(),
})
export type TellTypesRequest = z.input<typeof tellTypesRequestSchema>
export type ParsedTellTypesRequest = z.infer<typeof tellTypesRequestSchema>

const toldTypesSchema = z.object({
  /** Null where nobody has looked whether the file holds several documents. */
  segmentation: segmentationSchema.nullable(),
  documents: z
    .array(
      z.object({
        /** Null where the file is one document. */
        part: partSchema.nullable(),
        /** The type to read it as, as `--type` takes it. */
        spec: z.string(),
        told: toldTypeSchema,
      }),
    )
    .min(1),
})
/** What the words of a file say that its documents are. */
export type ToldTypes = Readonly<z.infer<typeof toldTypesSchema>>

/** Tells the types of a file's documents, in a child; rejects as reading them does. */
export async function tellTypes(
  run: RunTask,
  request: TellTypesRequest,
  signal?: AbortSignal,
): Promise<ToldTypes> {
  return toldTypesSchema.parse(await run('tellTypes', request, signal ? { signal } : {}))
}
