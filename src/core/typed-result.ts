import type { z } from 'zod'
import type { ErrorReport } from './errors.ts'
import type { ExtractionResult } from './extraction-result.ts'

type Common = Omit<ExtractionResult, 'data' | 'error' | 'verdict'>

/** A result whose data has a known type; there is data unless there is an error. */
export type TypedResult<T> =
  | (Common & { verdict: 'accepted' | 'needs_review'; data: T; error: null })
  | (Common & { verdict: 'failed'; data: null; error: ErrorReport })

function misfit({ error }: z.ZodSafeParseError<unknown>): ErrorReport {
  const { path, message } = error.issues[0]!
  const where = `/${path.join('/')}`
  const sentence = `What was read does not fit the schema that was asked for (${where}: ${message}).`
  return { code: 'E_SCHEMA_MISMATCH', message: sentence, retryable: false }
}

/** The result with its data parsed by the schema; failed with E_SCHEMA_MISMATCH where the data does not fit it. */
export function typedResult<T>(result: ExtractionResult, schema: z.ZodType<T> | undefined): TypedResult<T> {
  if (result.error !== null) return { ...result, verdict: 'failed', data: null, error: result.error }
  const verdict = result.verdict === 'accepted' ? 'accepted' : 'needs_review'
  if (schema === undefined) return { ...result, verdict, data: result.data as T, error: null }
  const parsed = schema.safeParse(result.data)
  if (parsed.success) return { ...result, verdict, data: parsed.data, error: null }
  const error = misfit(parsed)
  return { ...result, verdict: 'failed', reason: error.message, data: null, error }
}
