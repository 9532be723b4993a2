import type { SchemaNode } from '../../core/schema-node.ts'
import { acceptsParts, acceptsScalar, isObject, partOf, shapesOf } from '../../core/schema-shapes.ts'
import { nameIn } from './names.ts'

/** An object within an answer, and where it stands. */
export interface Place {
  readonly path: readonly string[]
  readonly value: Record<string, unknown>
}

/** Levels that a model may have put around its data. */
const deepest = 3

/** Whether a value may be meant for a node: a text may be a number as printed, but what has parts is no single value. */
function mayStand(value: unknown, node: unknown, root: object): boolean {
  if (value === null) return true
  const shapes = shapesOf(node, root)
  if (typeof value !== 'object') return acceptsScalar(shapes)
  if (!acceptsParts(shapes, value)) return false
  return Array.isArray(value) || Object.keys(value).length === 0 || hasFields(value, node, root)
}

/** Whether an object has anything that the schema asks for, in any spelling of its name. */
function hasFields(value: object, node: unknown, root: object): boolean {
  const shapes = shapesOf(node, root)
  return Object.entries(value).some(([key, child]) => {
    const part = partOf(shapes, nameIn(shapes, value, key))
    return part !== undefined && mayStand(child, part, root)
  })
}

/**
 * The objects of an answer that are meant as its data: the answer itself, or what stands in a wrapper such as
 * `{"receipt": {…}}`, `{"properties": {…}}` or a list. Within one that fits, no other is looked for.
 */
export function fitting(value: unknown, schema: SchemaNode, path: readonly string[] = []): readonly Place[] {
  if (isObject(value) && hasFields(value, schema, schema)) return [{ path, value }]
  if (typeof value !== 'object' || value === null || path.length === deepest) return []
  return Object.entries(value).flatMap(([key, child]) => fitting(child, schema, [...path, key]))
}
