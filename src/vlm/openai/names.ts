import type { JsonPointer } from '../../core/extraction.ts'
import { toPointer } from '../../core/pointer.ts'
import type { SchemaNode } from '../../core/schema-node.ts'
import { acceptsParts, isObject, partOf, shapesOf } from '../../core/schema-shapes.ts'

const folded = (key: string): string => key.toLowerCase().replace(/[\s_.-]/g, '')

/**
 * The schema's name for a key of an object: another spelling of it (`unit_price`, `UnitPrice`) where exactly one property
 * and one key of the object are spelt alike; else the key as it is.
 */
export function nameIn(shapes: readonly SchemaNode[], object: object, key: string): string {
  const names = [...new Set(shapes.flatMap(({ properties = {} }) => Object.keys(properties)))]
  if (names.includes(key)) return key
  const alike = names.filter((name) => folded(name) === folded(key))
  const rivals = Object.keys(object).filter((other) => folded(other) === folded(key))
  return alike.length === 1 && rivals.length === 1 ? alike[0]! : key
}

/** Data under the schema's own names, and where each value stood before. */
export interface Named {
  readonly value: unknown
  readonly origins: ReadonlyMap<JsonPointer, JsonPointer>
}

/** Gives data from `path` of an answer the names of the schema, at any depth. */
export function renamed(value: unknown, schema: SchemaNode, path: readonly string[]): Named {
  const origins = new Map<JsonPointer, JsonPointer>()
  const visit = (at: unknown, node: unknown, from: readonly string[], to: readonly string[]): unknown => {
    origins.set(toPointer(to), toPointer(from))
    const shapes = shapesOf(node, schema)
    const child = (key: string, name: string, part: unknown): unknown =>
      visit(part, partOf(shapes, name), [...from, key], [...to, name])
    if (Array.isArray(at)) return at.map((part, i) => child(String(i), String(i), part))
    if (!isObject(at) || !acceptsParts(shapes, at)) return at
    const entries = Object.entries(at).map(([key, part]) => {
      const name = nameIn(shapes, at, key)
      return [name, child(key, name, part)] as const
    })
    return Object.fromEntries(entries)
  }
  return { value: visit(value, schema, path, []), origins }
}
