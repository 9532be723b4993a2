import type { z } from 'zod'
import type { JsonPointer } from '../core/extraction.ts'
import { toPointer } from '../core/pointer.ts'

/** Data in which everything that was not found stands as its schema wants it, and what the schema demands all the same. */
export interface Completed {
  readonly data: unknown
  /** Values that must be there and are not; a schema that coerces would make something of nothing. */
  readonly missing: readonly JsonPointer[]
}

type Schema = z.core.$ZodType
type Path = readonly PropertyKey[]
type Def = z.core.$ZodTypes['_zod']['def']

const defOf = (schema: Schema): Def => (schema as z.core.$ZodTypes)._zod.def

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined

/** Whether nothing was found: no value, an empty list, or records that hold nothing. */
export const isBlank = (value: unknown): boolean =>
  isAbsent(value) ||
  (Array.isArray(value) && value.every(isBlank)) ||
  (isRecord(value) && Object.values(value).every(isBlank))

/** The schema that a wrapper hands its input to; null for one that stands for itself. */
function innerOf(schema: Schema): Schema | null {
  const def = defOf(schema)
  if (def.type === 'lazy') return def.getter()
  if (def.type === 'pipe') return defOf(def.in).type === 'transform' ? null : def.in
  return 'innerType' in def ? def.innerType : null
}

function acceptsNull(schema: Schema): boolean {
  const def = defOf(schema)
  if (def.type === 'nullable' || def.type === 'null' || def.type === 'any' || def.type === 'unknown')
    return true
  if (def.type === 'literal') return def.values.includes(null)
  if (def.type === 'union') return def.options.some(acceptsNull)
  const inner = innerOf(schema)
  return inner !== null && acceptsNull(inner)
}

function acceptsNothing(schema: Schema): boolean {
  const def = defOf(schema)
  if (['optional', 'default', 'prefault', 'catch', 'undefined', 'void'].includes(def.type)) return true
  if (def.type === 'union') return def.options.some(acceptsNothing)
  const inner = def.type === 'nonoptional' ? null : innerOf(schema)
  return inner !== null && acceptsNothing(inner)
}

/** The value that is given where none was found, where the schema would take it as one that was. */
function defaultOf(schema: Schema): Completed | null {
  const def = defOf(schema)
  const inner = innerOf(schema)
  if (def.type !== 'default' && def.type !== 'prefault') return inner && defaultOf(inner)
  const given = asIs(def.defaultValue)
  return fits(def.innerType, given) ? given : nothing
}

const nothing: Completed = { data: undefined, missing: [] }
const asIs = (data: unknown): Completed => ({ data, missing: [] })

function completeObject(shape: Readonly<Record<string, Schema>>, value: unknown, path: Path): Completed {
  const given = isRecord(value) ? value : {}
  const parts = Object.entries(shape).map(
    ([key, child]) =>
      [key, complete(child, Object.hasOwn(given, key) ? given[key] : undefined, [...path, key])] as const,
  )
  const data = { ...given, ...Object.fromEntries(parts.map(([key, part]) => [key, part.data])) }
  const kept = Object.entries(data).filter(([, part]) => part !== undefined)
  return { data: Object.fromEntries(kept), missing: parts.flatMap(([, part]) => part.missing) }
}

/** The one value that a schema allows is no reading of the page: it is simply there. */
function completeNothing(schema: Schema, value: null | undefined, path: Path): Completed {
  const given = defaultOf(schema)
  if (given) return given
  if (acceptsNull(schema) && (value === null || !acceptsNothing(schema))) return asIs(null)
  if (acceptsNothing(schema)) return nothing
  const def = defOf(schema)
  if (def.type === 'object') return completeObject(def.shape, {}, path)
  if (def.type === 'array') return asIs([])
  if (def.type === 'intersection') return completeBoth(def.left, def.right, value, path)
  if (def.type === 'literal' && def.values.length === 1) return asIs(def.values[0])
  if (def.type === 'pipe' && defOf(def.in).type === 'transform') return asIs(value)
  const inner = innerOf(schema)
  return inner ? completeNothing(inner, value, path) : { data: value, missing: [toPointer(path)] }
}

const fits = (schema: Schema, { data, missing }: Completed): boolean =>
  missing.length === 0 && (schema as z.ZodType).safeParse(data).success

/** A record that may be left out is left out whole where nothing of it was found. */
function completeWrapped(outer: Schema, inner: Schema, value: unknown, path: Path): Completed {
  const made = complete(inner, value, path)
  const mayGo = isBlank(value) && !fits(inner, made) && (acceptsNull(outer) || acceptsNothing(outer))
  return mayGo ? completeNothing(outer, acceptsNull(outer) ? null : undefined, path) : made
}

function completeUnion(schema: Schema, options: readonly Schema[], value: unknown, path: Path): Completed {
  const ways = options.map((option) => ({ option, made: complete(option, value, path) }))
  const fitting = ways.find(({ option, made }) => fits(option, made))
  if (fitting) return fitting.made
  return isBlank(value) ? completeNothing(schema, null, path) : asIs(value)
}

/** Both halves of an intersection look at the same object. */
function completeBoth(left: Schema, right: Schema, value: unknown, path: Path): Completed {
  const first = complete(left, value, path)
  const second = complete(right, first.data, path)
  return { data: second.data, missing: [...first.missing, ...second.missing] }
}

function completePresent(schema: Schema, value: unknown, path: Path): Completed {
  const def = defOf(schema)
  if (def.type === 'object') return isRecord(value) ? completeObject(def.shape, value, path) : asIs(value)
  if (def.type === 'union') return completeUnion(schema, def.options, value, path)
  if (def.type === 'intersection') return completeBoth(def.left, def.right, value, path)
  if (def.type === 'array' && Array.isArray(value)) {
    const parts = value.map((part, i) => complete(def.element, part, [...path, i]))
    return { data: parts.map(({ data }) => data), missing: parts.flatMap(({ missing }) => missing) }
  }
  const inner = innerOf(schema)
  return inner ? completeWrapped(schema, inner, value, path) : asIs(value)
}

/**
 * Data as its Zod schema wants what was not found: null where it may be null, left out where it is optional or has a
 * default, an empty list for a list, the parts of a required object one by one. Values that were found stay as they are.
 * @example complete(z.object({ a: z.string().nullable(), b: z.coerce.number() }), {}, []) // { data: { a: null }, missing: ['/b'] }
 */
export const complete = (schema: Schema, value: unknown, path: Path = []): Completed =>
  isAbsent(value) ? completeNothing(schema, value, path) : completePresent(schema, value, path)
