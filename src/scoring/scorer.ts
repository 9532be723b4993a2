import type { DocumentType } from '../core/document-type.ts'
import type { Extraction, Field, JsonPointer, Violation } from '../core/extraction.ts'
import type { Score } from '../core/judging.ts'
import type { Flag } from '../core/row.ts'

/** Below these a value is not accepted without a look. */
export const acceptThresholds = { required: 0.6, other: 0.5 } as const

/** What a violated rule leaves of a value's confidence. */
const violated = 0.4

const concerns = (violation: Violation, pointer: JsonPointer): boolean =>
  violation.field !== null && (pointer === violation.field || pointer.startsWith(`${violation.field}/`))

function fieldScore(pointer: JsonPointer, field: Field, violations: readonly Violation[]): number {
  return field.confidence * violated ** violations.filter((v) => concerns(v, pointer)).length
}

/** Rules are written for whole data: where a required value is missing, none is asked. */
function broken({ rules }: DocumentType, { data, violations }: Extraction): readonly Violation[] {
  const whole = !violations.some((v) => v.code === 'REQUIRED_MISSING')
  return whole ? rules.flatMap((rule) => rule(data)) : []
}

function missing({ required }: DocumentType, { fields }: Extraction): readonly Flag[] {
  const shown = (field: JsonPointer): boolean => (fields[field]?.value ?? null) !== null
  if (required.length === 0 && !Object.keys(fields).some((field) => shown(field as JsonPointer)))
    return [{ code: 'MISSING', field: null, message: 'None of the fields was found.' }]
  return required
    .filter((field) => !shown(field))
    .map((field) => ({ code: 'MISSING', field, message: `No ${label(field)} was found.` }))
}

function doubts(
  { required }: DocumentType,
  extraction: Extraction,
  scores: Score['fields'],
): readonly Flag[] {
  const entries = Object.entries(extraction.fields) as [JsonPointer, Field][]
  return entries.flatMap(([field, { value }]): readonly Flag[] => {
    const score = scores[field] ?? 0
    const enough = acceptThresholds[required.includes(field) ? 'required' : 'other']
    if (value === null || score >= enough) return []
    const message = `The ${label(field)} "${value}" is uncertain (${Math.round(score * 100)} %).`
    return [{ code: 'E_LOW_CONFIDENCE', field, message }]
  })
}

/** `/merchant/name` as people say it: merchant name. */
const label = (field: JsonPointer): string => field.slice(1).replaceAll('/', ' ')

/**
 * Judges an extraction without truth: each field's confidence, less what violated rules take from it; the whole is as
 * good as its least certain required field. Every violation, every missing and every doubtful value becomes a flag.
 */
export function scoreExtraction(extraction: Extraction, type: DocumentType): Score {
  const violations = [...extraction.violations, ...broken(type, extraction)]
  const entries = Object.entries(extraction.fields) as [JsonPointer, Field][]
  const fields = Object.fromEntries(
    entries.map(([p, f]) => [p, fieldScore(p, f, violations)]),
  ) as Score['fields']
  const judged =
    type.required.length > 0 ? type.required : entries.filter(([, f]) => f.value !== null).map(([p]) => p)
  const value = judged.length === 0 ? 0 : Math.min(...judged.map((p) => fields[p] ?? 0))
  return {
    value,
    fields,
    flags: [...violations, ...missing(type, extraction), ...doubts(type, extraction, fields)],
  }
}
