import { ParallaxError } from '../core/errors.ts'
import { getPointer } from '../core/pointer.ts'
import { reloadType } from '../document-types/load.ts'
import { validate } from '../extractors/validate.ts'
import type { CheckRequest } from './check.ts'

/** Why corrected data cannot stand: it does not fit the type, or names a field that the type does not have; else null. */
export async function checkInChild({
  type: ref,
  data,
  fields,
  missing,
}: CheckRequest): Promise<string | null> {
  const { type } = await reloadType(ref)
  try {
    const { data: kept, violations } = validate(data, type)
    const incomplete = violations.find(({ field }) => field !== null && !missing.includes(field))
    if (incomplete) return `${incomplete.field} is needed as well; null says that it is not printed.`
    const unknown = fields.find(
      (field) => getPointer(data, field) !== null && getPointer(kept, field) === undefined,
    )
    return unknown === undefined ? null : `The type "${type.name}" has no field ${unknown}.`
  } catch (error) {
    if (error instanceof ParallaxError && error.code === 'E_SCHEMA_MISMATCH') return error.message
    throw error
  }
}
