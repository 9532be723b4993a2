import { z } from 'zod'
import type { AttemptRequest } from './attempt.ts'
import type { RunTask } from '../../compute/run-task.ts'

const explanationSchema = z.array(
  z.object({ page: z.int().min(1), png: z.custom<Uint8Array>((value) => value instanceof Uint8Array) }),
)
/** A picture for each page: what a path saw, and where it found what. */
export type Explanation = z.infer<typeof explanationSchema>

/** Draws what a path makes of a document, in a child; rejects as reading it does. */
export async function explain(
  run: RunTask,
  request: AttemptRequest,
  signal?: AbortSignal,
): Promise<Explanation> {
  return explanationSchema.parse(await run('explain', request, signal ? { signal } : {}))
}
