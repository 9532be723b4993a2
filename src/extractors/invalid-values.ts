import type { DocumentType } from '../core/document-type.ts'
import type { Candidate, Field, Fields, JsonPointer, Violation } from '../core/extraction.ts'
import { setPointer, toPointer } from '../core/pointer.ts'
import { complete } from './absent.ts'

/** Where an objection is to be laid: of a record that fits none of its forms, to every value that was read of it. */
const concerned = (pointer: JsonPointer, code: string, fields: Fields): readonly JsonPointer[] => [
  pointer,
  ...(Object.keys(fields) as JsonPointer[]).filter(
    (f) => code === 'invalid_union' && f.startsWith(`${pointer}/`),
  ),
]

/** The fields whose values the type's schema refuses, each with its reason. */
export function misfits({ data, fields }: Candidate, type: DocumentType): ReadonlyMap<JsonPointer, string> {
  const parsed = type.schema.safeParse(complete(type.schema, data).data)
  const issues = parsed.success ? [] : parsed.error.issues
  const found = issues.flatMap(({ path, message, code }) =>
    concerned(toPointer(path), code, fields).map((pointer) => [pointer, message] as const),
  )
  return new Map(found.filter(([pointer]) => (fields[pointer]?.value ?? null) !== null))
}

const emptied = (field: Field): Field => ({ ...field, value: null, text: null, confidence: 0 })

/**
 * Takes out values that the schema refuses, for example a number that OCR read as letters, so that one misread field
 * does not cost the document; each leaves a violation that says what was read.
 */
export function dropInvalid(candidate: Candidate, type: DocumentType): Candidate {
  const wrong = misfits(candidate, type)
  if (wrong.size === 0) return candidate
  const data = structuredClone(candidate.data) as Record<string, unknown>
  const fields: Fields = { ...candidate.fields }
  const violations: Violation[] = [...candidate.violations]
  for (const [field, why] of wrong) {
    const read = fields[field]!
    setPointer(data, field, null)
    fields[field] = emptied(read)
    violations.push({
      code: 'INVALID_VALUE',
      field,
      message: `Read as "${read.text ?? ''}", which does not fit: ${why}.`,
    })
  }
  return { ...candidate, data, fields, violations }
}
