import { z } from 'zod'
import type { DocumentType, Rule } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import {
  violationSchema,
  type Extraction,
  type Field,
  type Fields,
  type JsonPointer,
  type Scalar,
  type Violation,
} from '../core/extraction.ts'
import { label } from '../core/pointer.ts'
import type { Score } from '../core/judging.ts'
import type { Flag } from '../core/extraction-result.ts'

/** Below these a value is not accepted without a look. */
export const acceptThresholds = { required: 0.6, other: 0.5 } as const

/** What a violated rule leaves of a value's confidence. */
const violated = 0.4

export const concerns = (violation: Violation, pointer: JsonPointer): boolean =>
  violation.field !== null && (pointer === violation.field || pointer.startsWith(`${violation.field}/`))

function fieldScore(pointer: JsonPointer, field: Field, violations: readonly Violation[]): number {
  return field.confidence * violated ** violations.filter((v) => concerns(v, pointer)).length
}

/** What a judgement looks at. */
export type Judged = Pick<Extraction, 'data' | 'fields' | 'violations'>

/** What the type's rules say. They are written for whole data: where a required value is missing, none is asked. */
export function brokenRules(type: DocumentType, { data, violations }: Judged): readonly Violation[] {
  const whole = !violations.some((v) => v.code === 'REQUIRED_MISSING')
  return whole ? type.rules.flatMap((rule) => ask(rule, data, type)) : []
}

const violationsSchema = z.array(violationSchema)

/** Rules may be a user's: what they throw or answer must not look like a fault of the document. */
function ask(rule: Rule<unknown>, data: unknown, type: DocumentType): readonly Violation[] {
  try {
    return violationsSchema.parse(rule(data))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new ParallaxError(
      'E_TYPE_INVALID',
      `A rule of the type "${type.name}" failed: ${why.replace(/\s+/g, ' ')}.`,
    )
  }
}

/** The values at a pointer or below it: a required list is shown by what stands in it. */
function shownAt(pointer: JsonPointer, fields: Fields): readonly JsonPointer[] {
  const entries = Object.entries(fields) as [JsonPointer, Field][]
  return entries
    .filter(([p, { value }]) => value !== null && (p === pointer || p.startsWith(`${pointer}/`)))
    .map(([p]) => p)
}

/** The required values that were not found. */
export function missing({ required }: DocumentType, { fields, violations }: Judged): readonly Flag[] {
  if (required.length === 0 && Object.values(fields).every(({ value }) => value === null))
    return [{ code: 'MISSING', field: null, message: 'None of the fields was found.' }]
  const told = new Set(violations.map((v) => v.field))
  return required
    .filter((field) => !told.has(field) && shownAt(field, fields).length === 0)
    .map((field) => ({ code: 'MISSING', field, message: `No ${label(field)} was found.` }))
}

function lowConfidenceFlags(
  { required }: DocumentType,
  extraction: Extraction,
  scores: Score['fields'],
): readonly Flag[] {
  const entries = Object.entries(extraction.fields) as [JsonPointer, Field][]
  return entries.flatMap(([field, { value }]): readonly Flag[] => {
    const score = scores[field] ?? 0
    const enough = acceptThresholds[required.includes(field) ? 'required' : 'other']
    if (value === null || score >= enough) return []
    return [lowConfidenceFlag(field, value, score)]
  })
}

/** A flag for a value that is too uncertain. */
export const lowConfidenceFlag = (field: JsonPointer, value: Scalar, probability: number): Flag => ({
  code: 'E_LOW_CONFIDENCE',
  field,
  message: `The ${label(field)} "${value}" is uncertain (${Math.round(probability * 100)} %).`,
})

/** The score of the least certain required field, or of all where none is required; 0 where a required one is missing. */
export function leastCertain({ required }: DocumentType, fields: Fields, scores: Score['fields']): number {
  const shown = required.map((pointer) => shownAt(pointer, fields))
  const emitted = (Object.entries(fields) as [JsonPointer, Field][]).filter(([, f]) => f.value !== null)
  const judged = required.length > 0 ? shown.flat() : emitted.map(([pointer]) => pointer)
  const complete = judged.length > 0 && shown.every((list) => list.length > 0)
  return complete ? Math.min(...judged.map((pointer) => scores[pointer] ?? 0)) : 0
}

/**
 * Judges an extraction without truth: each field's confidence, less what violated rules take from it; the whole is as
 * good as its least certain required field. Every violation, every missing and every doubtful value becomes a flag.
 */
export function scoreExtraction(extraction: Extraction, type: DocumentType): Score {
  const violations = [...extraction.violations, ...brokenRules(type, extraction)]
  const entries = Object.entries(extraction.fields) as [JsonPointer, Field][]
  const fields = Object.fromEntries(
    entries.map(([p, f]) => [p, fieldScore(p, f, violations)]),
  ) as Score['fields']
  return {
    value: leastCertain(type, extraction.fields, fields),
    fields,
    flags: [...violations, ...missing(type, extraction), ...lowConfidenceFlags(type, extraction, fields)],
  }
}
