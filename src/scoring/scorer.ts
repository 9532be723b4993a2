import { z } from 'zod'
import type { DocumentType, Rule } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import {
  violationSchema,
  type Extraction,
  type Field,
  type Fields,
  type JsonPointer,
  type Violation,
} from '../core/extraction.ts'
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
function broken(type: DocumentType, { data, violations }: Extraction): readonly Violation[] {
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

function missing({ required }: DocumentType, { fields, violations }: Extraction): readonly Flag[] {
  if (required.length === 0 && Object.values(fields).every(({ value }) => value === null))
    return [{ code: 'MISSING', field: null, message: 'None of the fields was found.' }]
  const told = new Set(violations.map((v) => v.field))
  return required
    .filter((field) => !told.has(field) && shownAt(field, fields).length === 0)
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

/** `/merchant/name` as people say it: merchant name; `/items/0/amount`: items 1 amount. */
const label = (field: JsonPointer): string =>
  field
    .slice(1)
    .split('/')
    .map((key) => (/^\d+$/.test(key) ? String(Number(key) + 1) : key))
    .join(' ')

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
  const required = type.required.map((pointer) => shownAt(pointer, extraction.fields))
  const judged =
    required.length > 0 ? required.flat() : entries.filter(([, f]) => f.value !== null).map(([p]) => p)
  const complete = judged.length > 0 && required.every((shown) => shown.length > 0)
  const value = complete ? Math.min(...judged.map((p) => fields[p] ?? 0)) : 0
  return {
    value,
    fields,
    flags: [...violations, ...missing(type, extraction), ...doubts(type, extraction, fields)],
  }
}
