interface Node {
  readonly prefixItems?: readonly unknown[]
  readonly [key: string]: unknown
}

/** Of one kind, that kind; of several, any of them. */
function eitherOf(kinds: readonly unknown[]): unknown {
  const unique = [...new Map(kinds.map((kind) => [JSON.stringify(kind), kind])).values()]
  return unique.length === 1 ? unique[0] : { anyOf: unique }
}

/** A tuple as an array of so many elements, each of any kind that one of its places has. */
function toArray({ prefixItems = [], ...node }: Node): Node {
  const count = prefixItems.length
  const isClosed = node['items'] === false || node['items'] === undefined
  const items = eitherOf(isClosed ? prefixItems : [...prefixItems, node['items']])
  return { ...node, items, minItems: count, ...(isClosed ? { maxItems: count } : {}) }
}

/**
 * A JSON document of schemas in which every tuple (`prefixItems`, with `items` a boolean) is an array with a least and a
 * greatest length. JSON Schema 2020-12 and OpenAPI 3.1 know tuples; generators of clients, such as openapi-python-client,
 * refuse them. What a box is, four numbers, can be said either way.
 */
export function withPlainArrays<T>(document: T): T {
  if (Array.isArray(document)) return document.map(withPlainArrays) as T
  if (typeof document !== 'object' || document === null) return document
  const entries = Object.entries(document).map(([key, value]) => [key, withPlainArrays(value)] as const)
  const node = Object.fromEntries(entries) as Node
  return (Array.isArray(node.prefixItems) ? toArray(node) : node) as T
}
