import type { z } from 'zod'
import type { ErrorReport } from './errors.ts'
import type { Row } from './row.ts'

type Common = Omit<Row, 'data' | 'error' | 'verdict'>

/** A row whose data has a known type; there is data unless there is an error. */
export type TypedRow<T> =
  | (Common & { verdict: 'accepted' | 'needs_review'; data: T; error: null })
  | (Common & { verdict: 'failed'; data: null; error: ErrorReport })

function misfit({ error }: z.ZodSafeParseError<unknown>): ErrorReport {
  const { path, message } = error.issues[0]!
  const where = `/${path.join('/')}`
  const sentence = `What was read does not fit the schema that was asked for (${where}: ${message}).`
  return { code: 'E_SCHEMA_MISMATCH', message: sentence, retryable: false }
}

/** The row with its data parsed by the schema; failed with E_SCHEMA_MISMATCH where the data does not fit it. */
export function typedRow<T>(row: Row, schema: z.ZodType<T> | undefined): TypedRow<T> {
  if (row.error !== null) return { ...row, verdict: 'failed', data: null, error: row.error }
  const verdict = row.verdict === 'accepted' ? 'accepted' : 'needs_review'
  if (schema === undefined) return { ...row, verdict, data: row.data as T, error: null }
  const parsed = schema.safeParse(row.data)
  if (parsed.success) return { ...row, verdict, data: parsed.data, error: null }
  const error = misfit(parsed)
  return { ...row, verdict: 'failed', reason: error.message, data: null, error }
}
