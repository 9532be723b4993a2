import type { ErrorReport } from '../core/errors.ts'
import type { StoredResult } from '../core/jobs.ts'
import type { Attempt, Case, Verdict } from '../core/judging.ts'
import type { Part } from '../core/part.ts'
import type { Strategy, ExtractionResult } from '../core/extraction-result.ts'
import type { ToldType } from '../core/told-type.ts'

export interface Judged extends Case {
  readonly documentType: string
  readonly route: Strategy
  readonly verdict: Verdict
  readonly ms: number
  /** The documents of its file, where this is the first of several and the others were not read. */
  readonly parts?: readonly Part[]
  /** How sure the type is, where the document's words told it. */
  readonly told?: ToldType
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

function summary(attempt: Attempt): ExtractionResult['attempts'][number] {
  const { path } = attempt
  if (!attempt.ok) return { path, model: '', score: null, ms: attempt.ms, error: attempt.error }
  const { producedBy, context, ms } = attempt.extraction
  const model = Object.entries({ ...producedBy, ...context })
    .map(([name, revision]) => `${name}@${revision}`)
    .join('+')
  return { path, model, score: rounded(attempt.score.value), ms }
}

/** A result for a document that no path could read. */
export function failedResult(
  documentType: string,
  route: Strategy,
  error: ErrorReport,
  attempts: ExtractionResult['attempts'] = [],
  ms = 0,
): StoredResult {
  return {
    version: 1,
    documentType,
    route,
    reason: error.message,
    verdict: 'failed',
    data: null,
    fields: {},
    flags: [],
    attempts,
    error,
    ms,
  }
}

/** What was read and decided as the result that people and programs get. */
export function toResult({
  documentType,
  route,
  attempts,
  consensus,
  verdict,
  ms,
  parts,
  told,
}: Judged): StoredResult {
  const failed = attempts.find((a): a is Extract<Attempt, { ok: false }> => !a.ok)
  if (!consensus) return failedResult(documentType, route, failed!.error, attempts.map(summary), ms)
  return {
    version: 1,
    documentType,
    route,
    reason: verdict.reason,
    verdict: verdict.action === 'accept' ? 'accepted' : 'needs_review',
    data: consensus.data,
    fields: { ...consensus.fields },
    flags: [...consensus.flags],
    attempts: attempts.map(summary),
    error: null,
    ms,
    ...(parts && { parts: [...parts] }),
    ...(told && { told }),
  }
}
