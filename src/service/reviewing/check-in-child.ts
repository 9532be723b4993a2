import type { DocumentType } from '../../core/document-type.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { patternOf, type FieldSpecs } from '../../core/field-spec.ts'
import { getPointer, setPointer, toPointer } from '../../core/pointer.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { currentType } from '../../document-types/load.ts'
import { validate } from '../../extractors/validate.ts'
import { brokenRules } from '../../scoring/scorer.ts'
import type { CheckRequest, DataVerdict } from './check.ts'

/** What records lack that the type asks for. */
function absentIn(data: unknown, { schema }: DocumentType): readonly JsonPointer[] {
  const issues = schema.safeParse(data).error?.issues ?? []
  return issues
    .filter(({ path }) => path.some((key) => typeof key === 'number'))
    .map(({ path }) => toPointer(path))
    .filter((pointer) => getPointer(data, pointer) === undefined)
}

/** Data whose records have null for what they lack, and where that is; a schema may tell one at a time. */
function completed(
  given: unknown,
  type: DocumentType,
): { readonly data: unknown; readonly left: JsonPointer[] } {
  const data = structuredClone(given) as Record<string, unknown>
  const left: JsonPointer[] = []
  for (let absent = absentIn(data, type); absent.length > 0; absent = absentIn(data, type)) {
    for (const pointer of absent) setPointer(data, pointer, null)
    left.push(...absent)
  }
  return { data, left }
}

/** Whether a field is one of the type's, stands above some, or within one that may hold anything. */
function isKnown(field: JsonPointer, specs: FieldSpecs): boolean {
  const pattern = patternOf(field)
  const isAbove = (a: string, b: string): boolean => a === b || b.startsWith(`${a}/`)
  return [...specs.keys()].some((known) => isAbove(known, pattern) || isAbove(pattern, known))
}

const problem = (sentence: string): DataVerdict => ({ problem: sentence, flags: [], left: [] })

function verdictOn(type: DocumentType, { data: given, fields, missing }: CheckRequest): DataVerdict {
  const unknown = fields.find((field) => !isKnown(field, fieldSpecsOf(type)))
  if (unknown !== undefined) return problem(`The type "${type.name}" has no field ${unknown}.`)
  const { data, left } = completed(given, type)
  const { data: kept, violations } = validate(data, type)
  const incomplete = violations.find(({ field }) => field !== null && !missing.includes(field))
  if (incomplete) return problem(`${incomplete.field} is needed as well.`)
  return {
    problem: null,
    flags: [...brokenRules(type, { data: kept, fields: {}, violations: [...violations] })],
    left,
  }
}

/** Whether corrected data can stand, what its type's rules say against it, and which values of records it leaves out. */
export async function checkInChild(request: CheckRequest): Promise<DataVerdict> {
  const { type } = await currentType(request.type)
  try {
    return verdictOn(type, request)
  } catch (error) {
    if (error instanceof ParallaxError && error.code === 'E_SCHEMA_MISMATCH') return problem(error.message)
    throw error
  }
}
