import type { DocumentType } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import type { Violation } from '../core/extraction.ts'
import { getPointer, toPointer } from '../core/pointer.ts'

export interface Validated {
  readonly data: unknown
  readonly violations: readonly Violation[]
}

/** What the schema made of the data, as it will be written; a schema can make values that JSON does not have. */
function asJson(data: unknown, type: DocumentType): unknown {
  try {
    return JSON.parse(JSON.stringify(data)) as unknown
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ParallaxError(
      'E_TYPE_INVALID',
      `The type "${type.name}" makes values that are not JSON: ${why}.`,
    )
  }
}

/**
 * Data as the type's schema accepts it. A required value that the document does not show stays null and is reported;
 * anything else that the schema refuses is E_SCHEMA_MISMATCH.
 */
export function validate(data: unknown, type: DocumentType): Validated {
  const parsed = type.schema.safeParse(data)
  if (parsed.success) return { data: asJson(parsed.data, type), violations: [] }
  const issues = parsed.error.issues.map((issue) => ({ ...issue, pointer: toPointer(issue.path) }))
  const real = issues.filter(
    ({ path, pointer }) => path.length === 0 || (getPointer(data, pointer) ?? null) !== null,
  )
  if (real.length > 0) {
    const all = real.map((i) => `${i.pointer}: ${i.message}`).join('; ')
    throw new ParallaxError('E_SCHEMA_MISMATCH', `The data does not fit the type "${type.name}" (${all}).`)
  }
  const violations = issues.map(({ pointer }) => ({
    code: 'REQUIRED_MISSING',
    field: pointer,
    message: `The type "${type.name}" requires ${pointer}, and the document does not show it.`,
  }))
  return { data, violations }
}
