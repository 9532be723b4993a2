import { resolveRef, type SchemaNode } from '../core/schema-node.ts'

const isNull = ({ type, const: only }: SchemaNode): boolean => type === 'null' || only === null

/** What a value that is there may look like: what is referred to, and the choice that is not null. */
function choicesOf({ $ref, anyOf, oneOf }: SchemaNode, root: SchemaNode): readonly SchemaNode[] {
  if ($ref !== undefined) return [resolveRef(root, $ref) as SchemaNode]
  return (anyOf ?? oneOf ?? []).filter((choice) => !isNull(choice))
}

const propertiesOf = (nodes: readonly SchemaNode[]): Pick<SchemaNode, 'properties'> => {
  const all = nodes.flatMap(({ properties }) => (properties ? [properties] : []))
  // Of two that have a property, the first says what it is.
  return all.length > 0
    ? { properties: Object.assign({}, ...all.reverse()) as NonNullable<SchemaNode['properties']> }
    : {}
}

/**
 * A node with its references followed and its parts put together: of choices the first that is not null, or where all are
 * records one with the properties of all. What is said beside them, such as a title, counts before what they say.
 */
export function plainNode(node: SchemaNode, root: SchemaNode): SchemaNode {
  const choices = choicesOf(node, root).map((choice) => plainNode(choice, root))
  const taken = choices.every(({ properties }) => properties) ? choices : choices.slice(0, 1)
  const parts = [...taken, ...(node.allOf ?? []).map((part) => plainNode(part, root))]
  if (parts.length === 0) return node
  const { $ref: _, anyOf: __, oneOf: ___, allOf: ____, ...own } = node
  const merged = Object.assign({}, ...[...parts].reverse(), own) as SchemaNode
  const required =
    taken.length > 1 ? (own.required ?? []) : [own, ...parts].flatMap((part) => part.required ?? [])
  return {
    ...merged,
    ...propertiesOf([own, ...parts]),
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
  }
}
