import type { DocumentType } from '../core/document-type.ts'
import type { Extraction, Field, JsonPointer, Violation } from '../core/extraction.ts'
import type { Score } from '../core/judging.ts'
import type { Flag } from '../core/row.ts'

/** Below this a required value is not accepted without a look. */
export const acceptThreshold = 0.6

/** What a violated rule leaves of a value's confidence. */
const violated = 0.4

const concerns = (violation: Violation, pointer: JsonPointer): boolean =>
  violation.field !== null && (pointer === violation.field || pointer.startsWith(`${violation.field}/`))

function fieldScore(pointer: JsonPointer, field: Field, violations: readonly Violation[]): number {
  return field.confidence * violated ** violations.filter((v) => concerns(v, pointer)).length
}

function doubts(type: DocumentType, extraction: Extraction, scores: Score['fields']): readonly Flag[] {
  return type.required.flatMap((field): readonly Flag[] => {
    const value = extraction.fields[field]?.value ?? null
    const score = scores[field] ?? 0
    if (value === null) return [{ code: 'MISSING', field, message: `No ${label(field)} was found.` }]
    if (score >= acceptThreshold) return []
    const message = `The ${label(field)} "${value}" is uncertain (${Math.round(score * 100)} %).`
    return [{ code: 'E_LOW_CONFIDENCE', field, message }]
  })
}

/** `/merchant/name` as people say it: merchant name. */
const label = (field: JsonPointer): string => field.slice(1).replaceAll('/', ' ')

/**
 * Judges an extraction without truth: each field's confidence, less what violated rules take from it; the whole is as
 * good as its least certain required field. Every violation and every doubtful required field becomes a flag.
 */
export function scoreExtraction(extraction: Extraction, type: DocumentType): Score {
  const violations = [...extraction.violations, ...type.rules.flatMap((rule) => rule(extraction.data))]
  const entries = Object.entries(extraction.fields) as [JsonPointer, Field][]
  const fields = Object.fromEntries(
    entries.map(([p, f]) => [p, fieldScore(p, f, violations)]),
  ) as Score['fields']
  const judged =
    type.required.length > 0 ? type.required : entries.filter(([, f]) => f.value !== null).map(([p]) => p)
  const value = judged.length === 0 ? 0 : Math.min(...judged.map((p) => fields[p] ?? 0))
  return { value, fields, flags: [...violations, ...doubts(type, extraction, fields)] }
}
