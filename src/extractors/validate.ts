import type { DocumentType } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import type { JsonPointer, Violation } from '../core/extraction.ts'
import { getPointer, toPointer } from '../core/pointer.ts'
import { complete, isBlank } from './absent.ts'

export interface Validated {
  readonly data: unknown
  readonly violations: readonly Violation[]
}

/** A schema may make a `Date` of a calendar day: it is written as the day that it is. */
function dayOrValue(this: unknown, key: string, value: unknown): unknown {
  const made = (this as Readonly<Record<string, unknown>>)[key]
  return made instanceof Date && /T00:00:00\.000Z$/.test(String(value)) ? String(value).slice(0, 10) : value
}

/** What the schema made of the data, as it will be written; a schema can make values that JSON does not have. */
function asJson(data: unknown, type: DocumentType): unknown {
  try {
    return JSON.parse(JSON.stringify(data, dayOrValue)) as unknown
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ParallaxError(
      'E_TYPE_INVALID',
      `The type "${type.name}" makes values that are not JSON: ${why}.`,
    )
  }
}

const missingIn = (type: DocumentType, field: JsonPointer): Violation => ({
  code: 'REQUIRED_MISSING',
  field,
  message: `The type "${type.name}" requires ${field}, and the document does not show it.`,
})

/**
 * Data as the type's schema accepts it, with what was not found as the schema wants it (see `complete`). A required value
 * that the document does not show stays null and is reported; anything else that the schema refuses is E_SCHEMA_MISMATCH.
 */
export function validate(given: unknown, type: DocumentType): Validated {
  const { data, missing } = complete(type.schema, given)
  const parsed = type.schema.safeParse(data)
  if (parsed.success && missing.length === 0) return { data: asJson(parsed.data, type), violations: [] }
  const issues = (parsed.error?.issues ?? []).map((issue) => ({ ...issue, pointer: toPointer(issue.path) }))
  const real = issues.filter(({ path, pointer }) => path.length === 0 || !isBlank(getPointer(data, pointer)))
  if (real.length > 0) {
    const all = real.map((i) => `${i.pointer}: ${i.message}`).join('; ')
    throw new ParallaxError('E_SCHEMA_MISMATCH', `The data does not fit the type "${type.name}" (${all}).`)
  }
  const fields = new Set([...missing, ...issues.map(({ pointer }) => pointer)])
  return { data, violations: [...fields].map((field) => missingIn(type, field)) }
}
