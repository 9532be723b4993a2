import type { ErrorReport } from '../core/errors.ts'
import type { Field, JsonPointer } from '../core/extraction.ts'
import type { Result } from '../core/jobs.ts'
import type { Attempt, Succeeded, Verdict } from '../core/judging.ts'
import type { Route, Row, RowField } from '../core/row.ts'

export interface Judged {
  readonly documentType: string
  readonly route: Route
  readonly attempts: readonly [Attempt, ...Attempt[]]
  readonly verdict: Verdict
  readonly ms: number
}

/** What the other attempts read for a field. */
function alternatives(pointer: JsonPointer, others: readonly Succeeded[]): RowField['alternatives'] {
  return others.flatMap(({ path, extraction, score }) => {
    const field = extraction.fields[pointer]
    if (!field) return []
    const confidence = rounded(score.fields[pointer] ?? 0)
    return [{ path, value: field.value, text: field.text, confidence }]
  })
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** A field that only another path has. */
const notThere: Field = { value: null, text: null, confidence: 0, source: null }

function rowFields({ extraction, score }: Succeeded, others: readonly Succeeded[]): Row['fields'] {
  const all = [extraction, ...others.map((o) => o.extraction)].flatMap(({ fields }) => Object.keys(fields))
  return Object.fromEntries(
    ([...new Set(all)] as JsonPointer[]).map((pointer): [JsonPointer, RowField] => {
      const field = extraction.fields[pointer] ?? notThere
      const confidence = rounded(score.fields[pointer] ?? 0)
      const { path } = extraction
      return [
        pointer,
        { ...field, confidence, certified: false, path, alternatives: alternatives(pointer, others) },
      ]
    }),
  )
}

function summary(attempt: Attempt): Row['attempts'][number] {
  const { path } = attempt
  if (!attempt.ok) return { path, model: '', score: null, ms: attempt.ms, error: attempt.error }
  const model = Object.entries(attempt.extraction.producedBy)
    .map(([engine, revision]) => `${engine}@${revision}`)
    .join('+')
  return { path, model, score: rounded(attempt.score.value), ms: attempt.extraction.ms }
}

/** Those of the attempts, each once, and those of the verdict. */
function flagsOf(attempts: readonly Succeeded[], verdict: Verdict): Row['flags'] {
  const own = attempts.flatMap(({ score }) => score.flags)
  const unique = own.filter(
    (flag, i) => own.findIndex((f) => f.code === flag.code && f.field === flag.field) === i,
  )
  return [...unique, ...(verdict.flags ?? [])]
}

/** A row for a document that no path could read. */
export function failedResult(
  documentType: string,
  route: Route,
  error: ErrorReport,
  attempts: Row['attempts'] = [],
  ms = 0,
): Result {
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

/** Attempts and verdict as the row that people and programs get. */
export function toResult({ documentType, route, attempts, verdict, ms }: Judged): Result {
  const read = attempts.filter((a): a is Succeeded => a.ok)
  const best = read.reduce<Succeeded | undefined>(
    (a, b) => (a && a.score.value >= b.score.value ? a : b),
    undefined,
  )
  const failed = attempts.find((a): a is Extract<Attempt, { ok: false }> => !a.ok)
  if (!best) {
    return failedResult(documentType, route, failed!.error, attempts.map(summary), ms)
  }
  const others = read.filter((a) => a !== best)
  return {
    version: 1,
    documentType,
    route,
    reason: verdict.reason,
    verdict: verdict.action === 'accept' ? 'accepted' : 'needs_review',
    data: best.extraction.data,
    fields: rowFields(best, others),
    flags: flagsOf([best, ...others], verdict),
    attempts: attempts.map(summary),
    error: null,
    ms,
  }
}
