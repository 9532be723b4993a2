import type { SchemaNode } from '../../core/schema-node.ts'
import { acceptsNull, acceptsParts, isObject, partOf, shapesOf } from '../../core/schema-shapes.ts'

/** Deeper than any document; a schema can demand itself without end. */
const deepest = 32

function missing(node: unknown, root: object, depth: number): unknown {
  const shapes = shapesOf(node, root)
  if (acceptsNull(shapes)) return null
  const isRecord = shapes.some(({ properties }) => properties !== undefined)
  return isRecord && depth < deepest ? conformObject({}, shapes, root, depth) : undefined
}

function conformKey(value: unknown, node: unknown, required: boolean, root: object, depth: number): unknown {
  if (value === undefined) return required ? missing(node, root, depth + 1) : undefined
  if (value === null && !required && !acceptsNull(shapesOf(node, root))) return undefined
  return conform(value, node, root, depth + 1)
}

function conformObject(
  value: Record<string, unknown>,
  shapes: readonly SchemaNode[],
  root: object,
  depth: number,
): object {
  const records = shapes.filter(({ properties }) => properties !== undefined)
  const isRequired = (key: string): boolean => records.every((shape) => shape.required?.includes(key))
  const keys = new Set([
    ...records.flatMap(({ properties = {} }) => Object.keys(properties)),
    ...Object.keys(value),
  ])
  const entries = [...keys].flatMap((key) => {
    const node = partOf(shapes, key)
    if (node === undefined) return []
    const own = Object.hasOwn(value, key) ? value[key] : undefined
    const made = conformKey(own, node, isRequired(key), root, depth)
    return made === undefined ? [] : [[key, made] as const]
  })
  return Object.fromEntries(entries)
}

/**
 * An answer in the shape of the type's schema: keys that it does not have are left out, nullable ones that the model left
 * out are null, and optional ones that it answered with null are left out. Values stay as they are.
 */
export function conform(value: unknown, node: unknown, root: object, depth = 0): unknown {
  const shapes = shapesOf(node, root)
  if (Array.isArray(value)) return value.map((v, i) => conform(v, partOf(shapes, String(i)), root, depth + 1))
  if (!isObject(value) || !acceptsParts(shapes, value)) return value
  return conformObject(value, shapes, root, depth)
}

export interface Leaf {
  readonly path: readonly string[]
  readonly value: unknown
}

/** The single values of data; what has parts where the schema wants none is one too, so that it can be taken out. */
export function leavesOf(
  value: unknown,
  node: unknown,
  root: object,
  path: readonly string[] = [],
): readonly Leaf[] {
  const shapes = shapesOf(node, root)
  if (typeof value !== 'object' || value === null || !acceptsParts(shapes, value)) return [{ path, value }]
  return Object.entries(value).flatMap(([key, child]) =>
    leavesOf(child, partOf(shapes, key), root, [...path, key]),
  )
}
