/** What templates and columns look at in a JSON Schema. */
export interface SchemaNode {
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
}

/** What stands at a reference like `#/$defs/line`; undefined for one that points to nothing or outside the file. */
export function resolveRef(root: unknown, ref: string): unknown {
  if (ref === '#') return root
  if (!ref.startsWith('#/')) return undefined
  const keys = decodeURIComponent(ref).slice(2).split('/')
  return keys.reduce<unknown>((at, key) => {
    const plain = key.replaceAll('~1', '/').replaceAll('~0', '~')
    const here = typeof at === 'object' && at !== null && Object.hasOwn(at, plain)
    return here ? (at as Record<string, unknown>)[plain] : undefined
  }, root)
}

/** A node with its references followed, or its first choice that is not null; a title beside them stays. */
export function plainNode(node: SchemaNode, root: SchemaNode): SchemaNode {
  const target =
    node.$ref === undefined
      ? (node.anyOf ?? node.oneOf)?.find((choice) => choice.type !== 'null')
      : (resolveRef(root, node.$ref) as SchemaNode | undefined)
  if (!target) return node
  return plainNode(node.title === undefined ? target : { ...target, title: node.title }, root)
}
