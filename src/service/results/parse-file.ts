import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'

/** The text of a file that a person named; E_NOT_FOUND. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new ParallaxError(
      'E_NOT_FOUND',
      `${file} cannot be read. Check that it exists and that you may open it.`,
      {
        cause: error,
      },
    )
  }
}

/** Parses JSON under a schema, E_BAD_REQUEST; `complaint` is what to tell the person when it is something else. */
export function parseJson<T>(text: string, schema: z.ZodType<T>, complaint: string): T {
  const parsed = schema.safeParse(fromJson(text, complaint))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `${complaint} (${issue?.path.join('.') || 'as a whole'}: ${issue?.message})`,
  )
}

function fromJson(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ParallaxError('E_BAD_REQUEST', `${complaint} (not JSON)`, { cause: error })
  }
}
