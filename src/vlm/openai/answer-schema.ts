import type { SchemaNode } from '../../core/schema-node.ts'
import { acceptsNull, isObject, isScalar, shapesOf } from '../../core/schema-shapes.ts'

/** What shapes an answer. Bounds of values are judged afterwards, and many servers refuse a schema that has them. */
const shaping = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'items', 'prefixItems', 'enum', 'const'],
  ...['anyOf', 'oneOf', 'allOf', '$ref', '$defs', 'definitions', 'title', 'description', 'format', 'pattern'],
])
const named = new Set(['$defs', 'definitions'])
const listed = new Set(['prefixItems', 'anyOf', 'oneOf', 'allOf'])
const single = new Set(['items', 'additionalProperties'])

/** Days are a format that servers know; of patterns they know the simple ones. */
function isWanted(key: string, value: unknown, { format, pattern }: Record<string, unknown>): boolean {
  if (key === 'format') return value === 'date'
  if (key === 'pattern') return format !== 'date' && !String(pattern).includes('(?')
  return shaping.has(key)
}

const mapValues = (values: object, change: (value: unknown, key: string) => unknown): object =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]))

/** What the type requires, and yet a page may not show, can be null: a model must never have to invent. */
function orNull(child: unknown, required: boolean, root: object): unknown {
  const shapes = shapesOf(child, root)
  if (acceptsNull(shapes) || (required && !isScalar(shapes))) return asked(child, root)
  return { anyOf: [asked(child, root), { type: 'null' }] }
}

function askedObject({ properties = {}, required = [] }: SchemaNode, root: object): object {
  return {
    properties: mapValues(properties, (child, key) => orNull(child, required.includes(key), root)),
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

function asked(node: unknown, root: object): unknown {
  if (!isObject(node)) return node
  const kept = Object.entries(node).filter(([key, value]) => isWanted(key, value, node))
  const plain = kept.map(([key, value]) => {
    if (named.has(key)) return [key, mapValues(value as object, (child) => asked(child, root))]
    if (listed.has(key)) return [key, (value as unknown[]).map((child) => asked(child, root))]
    return [key, single.has(key) ? asked(value, root) : value]
  })
  return {
    ...(Object.fromEntries(plain) as object),
    ...(node['properties'] ? askedObject(node, root) : {}),
  }
}

/**
 * The schema that a model is asked to fill: as strict servers want it (closed objects, every key required, no bounds),
 * with null wherever a single value stands.
 */
export const askedSchema = (schema: SchemaNode): object => asked(schema, schema) as object
