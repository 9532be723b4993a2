import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import { setPointer, toPointer } from '../../core/pointer.ts'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isScalar = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value)

/** Everything in a record that is not a record itself, by pointer: scalars, and lists as a whole. */
export function flatten(
  record: Readonly<Record<string, unknown>>,
  at: readonly string[] = [],
): readonly (readonly [JsonPointer, unknown])[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const path = [...at, key]
    return isRecord(value) ? flatten(value, path) : [[toPointer(path), value] as const]
  })
}

/** The record that has these values at these pointers. */
export function nest(values: Readonly<Record<JsonPointer, unknown>>): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const [pointer, value] of Object.entries(values)) setPointer(root, pointer, value)
  return root
}

/** Every scalar below a value by its path, through records and lists; a scalar itself has the path ''. */
export function scalarsBelow(value: unknown, at: readonly string[] = []): ReadonlyMap<string, Scalar> {
  if (isScalar(value)) return new Map([[at.length === 0 ? '' : toPointer(at), value]])
  if (typeof value !== 'object' || value === null) return new Map()
  return new Map(Object.entries(value).flatMap(([key, child]) => [...scalarsBelow(child, [...at, key])]))
}

/** One shape that has the keys of all elements. */
function mergeShapes(shapes: readonly unknown[]): unknown {
  const records = shapes.filter(isRecord)
  if (records.length === 0) return null
  const keys = [...new Set(records.flatMap((record) => Object.keys(record)))]
  return Object.fromEntries(keys.map((key) => [key, mergeShapes(records.map((record) => record[key]))]))
}

/**
 * Data without the keys that `shape` does not have, and with null for those that only `shape` has.
 * @example prune({ a: 1, b: 2 }, { a: 0, c: 0 }) // { a: 1, c: null }
 */
export function prune(data: unknown, shape: unknown): unknown {
  if (Array.isArray(shape) && Array.isArray(data)) return data.map((item) => prune(item, mergeShapes(shape)))
  if (!isRecord(shape) || !isRecord(data)) return data ?? null
  return Object.fromEntries(
    Object.entries(shape).map(([key, part]) => [
      key,
      prune(Object.hasOwn(data, key) ? data[key] : null, part),
    ]),
  )
}
