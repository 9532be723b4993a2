import { z } from 'zod'
import { boxSchema } from '../../core/geometry.ts'
import { extractionResultSchema } from '../../core/extraction-result.ts'
import { jsonPointerSchema } from '../../core/extraction.ts'
import { typeRefSchema } from '../../core/jobs.ts'
import type { RunTask } from '../../compute/run-task.ts'

const truthSchema = z.record(z.string(), z.unknown())

/** A document with its truth, as it is sent to a child process to be learnt from. */
export const lessonRequestSchema = z.object({
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  type: typeRefSchema,
  ocr: z.string(),
  pageMs: z.number(),
  truth: truthSchema,
})
export type LessonRequest = z.infer<typeof lessonRequestSchema>

const wordSchema = z.object({ text: z.string(), confidence: z.number(), box: boxSchema })
const pageSchema = z.object({
  page: z.int(),
  lines: z.array(z.object({ box: boxSchema, words: z.array(wordSchema) })),
})

/** A page, or a part of a long one: its words, and for questions by their number the runs of words that answer them. */
const partSchema = z.object({
  rows: z.array(z.array(z.object({ text: z.string(), box: boxSchema }))),
  answers: z.array(z.object({ question: z.int(), runs: z.array(z.array(z.int())) })),
})

const lessonSchema = z.object({
  /** What was read, to read its fields from again without its pictures. */
  reading: z.object({ pages: z.array(pageSchema), digitConfusions: z.record(z.string(), z.number()) }),
  parts: z.array(partSchema),
  /** Fields whose values were found on the pages, and those that were not. */
  found: z.array(jsonPointerSchema),
  lost: z.array(jsonPointerSchema),
})
/** What can be learnt from a document. */
export type Lesson = z.infer<typeof lessonSchema>

/** Reads a document and finds its true values on it, in a child; rejects as reading it does. */
export async function learnFrom(run: RunTask, request: LessonRequest, signal?: AbortSignal): Promise<Lesson> {
  return lessonSchema.parse(await run('lesson', request, signal ? { signal } : {}))
}

/** What was read of a document, as it is sent to a child process to be asked about by a model. */
export const rereadingRequestSchema = z.object({
  type: typeRefSchema,
  reading: lessonSchema.shape.reading,
  /** As `fold-0`, in the folder of models; without a folder, one of those in use. */
  model: z.string(),
  models: z.string().nullable(),
})
export type RereadingRequest = z.infer<typeof rereadingRequestSchema>

const rereadSchema = extractionResultSchema.pick({ data: true }).extend({
  fields: z.record(
    jsonPointerSchema,
    z.object({ value: z.union([z.string(), z.number(), z.boolean(), z.null()]), text: z.string().nullable() }),
  ),
})
/** What a model makes of words. */
export type Reread = z.infer<typeof rereadSchema>

/** Asks a model about what was read of a document, in a child. */
export async function readAgain(
  run: RunTask,
  request: RereadingRequest,
  signal?: AbortSignal,
): Promise<Reread> {
  return rereadSchema.parse(await run('reread', request, signal ? { signal } : {}))
}
