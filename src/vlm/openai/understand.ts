import type { DocumentType } from '../../core/document-type.ts'
import type { Candidate, Field, Fields, Scalar } from '../../core/extraction.ts'
import { getPointer, toPointer } from '../../core/pointer.ts'
import { confidencesOf } from './confidences.ts'
import { conform, leavesOf } from './conform.ts'
import { parseAnswer, type Parsed } from './parse.ts'
import { isObject, partOf, shapesOf, type SchemaNode } from './schema-node.ts'
import type { Span, Written } from './transcript.ts'

/** What an answer says, or why nothing can be made of it. */
export type Understood =
  | { readonly candidate: Candidate; readonly faults: null }
  | { readonly candidate: null; readonly faults: readonly string[] }

const not = (...faults: readonly string[]): Understood => ({ candidate: null, faults })

const mostFaults = 10

const asScalar = (value: unknown): Scalar =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Scalar)

/** Of what was answered: a null that stands for a key left out is no field. */
function fieldsOf(data: object, schema: SchemaNode, parsed: Parsed, spans: readonly Span[]): Fields {
  const confidence = confidencesOf(parsed, spans)
  const leaves = leavesOf(data, schema, schema).map(({ path, value }) => ({
    pointer: toPointer(path),
    value,
  }))
  const answered = leaves.filter(({ pointer }) => getPointer(parsed.value, pointer) !== undefined)
  const entries = answered.map(({ pointer, value }) => {
    const scalar = asScalar(value)
    const text = scalar === null ? null : String(scalar)
    return [pointer, { value: scalar, text, confidence: confidence(pointer, value), source: null }] as const
  })
  return Object.fromEntries<Field>(entries)
}

/** What the schema refuses and no field can be emptied of; a single value that does not fit is left for later stages. */
function grossFaults({ data, fields }: Candidate, type: DocumentType): readonly string[] {
  const { error } = type.schema.safeParse(data)
  return (error?.issues ?? [])
    .map(({ path, message }) => ({ path, message, pointer: toPointer(path) }))
    .filter(({ path, pointer }) => {
      if (path.length === 0) return true
      return (getPointer(data, pointer) ?? null) !== null && !(pointer in fields)
    })
    .map(({ path, pointer, message }) => `${path.length === 0 ? 'the whole' : pointer}: ${message}`)
}

/**
 * Makes data and fields of an answer. Faults are what makes it useless as a whole: no JSON object, none of the fields asked
 * for, or parts that do not fit the schema.
 */
export function understand(written: Written, type: DocumentType, schema: SchemaNode): Understood {
  const parsed = parseAnswer(written)
  if (!parsed) return not('it is no JSON object')
  const { value, violations } = parsed
  if (!isObject(value)) return not('it is JSON, but no object')
  const shapes = shapesOf(schema, schema)
  if (!Object.keys(value).some((key) => partOf(shapes, key) !== undefined))
    return not('it has none of the fields that the schema names')
  const data = conform(value, schema, schema) as object
  const candidate = { data, fields: fieldsOf(data, schema, parsed, written.spans), violations }
  const faults = grossFaults(candidate, type)
  return faults.length === 0 ? { candidate, faults: null } : not(...faults.slice(0, mostFaults))
}
