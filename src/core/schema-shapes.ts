import { resolveRef, type SchemaNode } from './schema-node.ts'

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (at: unknown, key: string): unknown =>
  typeof at === 'object' && at !== null && Object.hasOwn(at, key)
    ? (at as Record<string, unknown>)[key]
    : undefined

/** The shapes that a value may have: references are followed, alternatives listed. A node that says nothing allows anything. */
export function shapesOf(node: unknown, root: unknown, seen = new Set<unknown>()): readonly SchemaNode[] {
  if (!isObject(node)) return [{}]
  if (seen.has(node)) return []
  seen.add(node)
  const { $ref, anyOf = [], oneOf = [], allOf = [], ...rest } = node as SchemaNode
  const inner = [...anyOf, ...oneOf, ...allOf, ...($ref === undefined ? [] : [resolveRef(root, $ref)])]
  const itself = inner.length === 0 || rest.type !== undefined || rest.properties !== undefined ? [rest] : []
  return [...itself, ...inner.flatMap((child) => shapesOf(child, root, seen))]
}

const namesOf = ({ type }: SchemaNode): readonly string[] => [type ?? []].flat()

const isOpen = (shape: SchemaNode): boolean =>
  ['type', 'properties', 'items', 'prefixItems', 'enum', 'const'].every((key) => !(key in shape))

const takesNull = (shape: SchemaNode): boolean =>
  isOpen(shape) ||
  namesOf(shape).includes('null') ||
  shape.const === null ||
  (shape.enum?.includes(null) ?? false)

const takesObject = (shape: SchemaNode): boolean =>
  isOpen(shape) || namesOf(shape).includes('object') || shape.properties !== undefined

const takesList = (shape: SchemaNode): boolean =>
  isOpen(shape) ||
  namesOf(shape).includes('array') ||
  shape.items !== undefined ||
  shape.prefixItems !== undefined

export const acceptsNull = (shapes: readonly SchemaNode[]): boolean => shapes.some(takesNull)

/** Whether a list, or else an object, may stand here. */
export const acceptsParts = (shapes: readonly SchemaNode[], value: object): boolean =>
  shapes.some(Array.isArray(value) ? takesList : takesObject)

/** Whether a value without parts, other than null, may stand here. */
export const acceptsScalar = (shapes: readonly SchemaNode[]): boolean =>
  shapes.some((shape) => {
    const names = namesOf(shape)
    if (names.length > 0) return names.some((name) => !['object', 'array', 'null'].includes(name))
    return isOpen(shape) || !(takesObject(shape) || takesList(shape))
  })

/** Whether only values without parts may stand here. */
export const isScalar = (shapes: readonly SchemaNode[]): boolean =>
  !shapes.some((shape) => takesObject(shape) || takesList(shape))

/** What is said of a part; undefined for a key that the schema does not have. */
export function partOf(shapes: readonly SchemaNode[], key: string): unknown {
  const isPlace = /^\d+$/.test(key)
  const said = shapes.flatMap(({ properties, prefixItems, items, additionalProperties }) => [
    own(properties, key),
    isPlace ? (prefixItems?.[Number(key)] ?? items) : undefined,
    additionalProperties === false ? undefined : additionalProperties,
  ])
  const closed = shapes.some(({ properties }) => properties !== undefined)
  return said.find((node) => node !== undefined) ?? (closed ? undefined : {})
}
