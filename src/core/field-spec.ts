import { z } from 'zod'
import type { JsonPointer } from './extraction.ts'
import { pointerKeys, toPointer } from './pointer.ts'

/** What decides whether two values are the same. */
export const comparatorSchema = z.enum(['text', 'amount', 'date', 'time', 'phone'])
export type Comparator = z.infer<typeof comparatorSchema>

/** What a wrong value costs. Low: nobody minds; medium: somebody has to correct it; high: money or law is concerned. */
export const riskSchema = z.enum(['low', 'medium', 'high'])
export type Risk = z.infer<typeof riskSchema>

export const fieldSpecSchema = z.object({
  comparator: comparatorSchema,
  /** Two numbers that differ by less are the same. */
  tolerance: z.number().nonnegative(),
  risk: riskSchema,
  /** The share of accepted values that may be wrong, 0 to 1. */
  targetError: z.number().gt(0).lt(1),
})
/** How the values of a field are compared, and how sure they must be. */
export type FieldSpec = Readonly<z.infer<typeof fieldSpecSchema>>

/** Under this key a spec stands in a schema's metadata, and so in its JSON Schema. */
export const fieldSpecKey = 'x-field'

const targetErrors: Readonly<Record<Risk, number>> = { low: 0.3, medium: 0.1, high: 0.05 }

/** A spec with defaults for what is left out. */
export function fieldSpec(said: Partial<FieldSpec>): FieldSpec {
  const risk = said.risk ?? 'medium'
  return {
    comparator: said.comparator ?? 'text',
    tolerance: said.tolerance ?? 0.005,
    risk,
    targetError: said.targetError ?? targetErrors[risk],
  }
}

/**
 * Metadata for a field of a document type.
 * @example z.number().nullable().meta(field({ comparator: 'amount', risk: 'high' }))
 */
export const field = (spec: Partial<FieldSpec>): Record<string, unknown> => ({ [fieldSpecKey]: spec })

/** The specs of a document type's fields, by the `patternOf` of their pointers. */
export type FieldSpecs = ReadonlyMap<string, FieldSpec>

/**
 * A pointer with a star in place of every index, so that all values of a column have one.
 * @example patternOf('/items/0/amount') === '/items/*' + '/amount'
 */
export const patternOf = (pointer: JsonPointer): string =>
  toPointer(pointerKeys(pointer).map((key) => (/^\d+$/.test(key) ? '*' : key)))

/** The spec of a field; a field that the type does not know is compared as text. */
export const specOf = (specs: FieldSpecs, pointer: JsonPointer): FieldSpec =>
  specs.get(patternOf(pointer)) ?? fieldSpec({})

/** Whether a mistake in a field, or in any field of a list or record, costs more than a notice (its risk is not low). */
export function isCostly(specs: FieldSpecs, pointer: JsonPointer): boolean {
  const pattern = patternOf(pointer)
  const concerned = [...specs].filter(([p]) => p === pattern || p.startsWith(`${pattern}/`))
  return concerned.length === 0 || concerned.some(([, { risk }]) => risk !== 'low')
}
