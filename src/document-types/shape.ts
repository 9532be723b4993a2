import { resolveRef, type SchemaNode } from '../core/schema-node.ts'
import { plainNode } from './plain-node.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined

const isBlank = (value: unknown): boolean =>
  isAbsent(value) ||
  (Array.isArray(value) && value.every(isBlank)) ||
  (isRecord(value) && Object.values(value).every(isBlank))

const limiting = ['type', 'properties', 'items', 'enum', 'const', '$ref', 'anyOf', 'oneOf', 'allOf'] as const

/** Whether null may stand for a value: by a type, a choice, or because nothing is said. */
function acceptsNull(node: SchemaNode, root: SchemaNode): boolean {
  if (limiting.every((key) => node[key] === undefined)) return true
  if ((node as { readonly nullable?: unknown }).nullable === true) return true
  if ([node.type ?? []].flat().includes('null') || node.const === null || node.enum?.includes(null))
    return true
  if (node.$ref !== undefined) return acceptsNull(resolveRef(root, node.$ref) as SchemaNode, root)
  return (node.anyOf ?? node.oneOf ?? []).some((choice) => acceptsNull(choice, root))
}

const isList = ({ items, type }: SchemaNode): boolean =>
  items !== undefined || [type].flat().includes('array')

/** What stands for a value that was not found; undefined where nothing does. */
function absent(value: null | undefined, node: SchemaNode, root: SchemaNode, isRequired: boolean): unknown {
  const plain = plainNode(node, root)
  if (plain.default !== undefined) return structuredClone(plain.default)
  if (acceptsNull(node, root)) return isRequired ? null : value
  if (!isRequired) return undefined
  if (plain.const !== undefined) return plain.const
  if (plain.enum?.length === 1) return plain.enum[0]
  if (plain.properties) return shapedRecord({}, plain, root)
  return isList(plain) ? [] : value
}

function shapedRecord(
  value: Readonly<Record<string, unknown>>,
  node: SchemaNode,
  root: SchemaNode,
): Readonly<Record<string, unknown>> {
  const known = Object.entries(node.properties ?? {}).map(
    ([key, child]) => [key, shaped(value[key], child, root, node.required?.includes(key) ?? false)] as const,
  )
  const other = Object.entries(value).filter(([key]) => !Object.hasOwn(node.properties ?? {}, key))
  return Object.fromEntries([...known, ...other].filter(([, part]) => part !== undefined))
}

/** The forms that a record may have, where there are several. */
const formsOf = ({ anyOf, oneOf }: SchemaNode, root: SchemaNode): readonly SchemaNode[] => {
  const forms = (anyOf ?? oneOf ?? [])
    .map((choice) => plainNode(choice, root))
    .filter(({ properties }) => properties)
  return forms.length > 1 ? forms : []
}

/** The form that has all it requires and none of whose values is lost; the keys of others are left out. */
function inForm(
  value: Readonly<Record<string, unknown>>,
  forms: readonly SchemaNode[],
  root: SchemaNode,
): unknown {
  for (const form of forms) {
    const keys = Object.keys(form.properties!)
    const lost = Object.entries(value).some(([key, part]) => !keys.includes(key) && !isBlank(part))
    const own = Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)))
    const made = shapedRecord(own, form, root)
    if (!lost && (form.required ?? []).every((key) => !isBlank(made[key]))) return made
  }
  return value
}

/**
 * Data as a JSON Schema wants what was not found: null where it may be null, the default where there is one, left out where
 * it is not required; a record of which nothing was found goes as a whole. Values that were found stay as they are.
 */
export function shaped(value: unknown, node: SchemaNode, root: SchemaNode, isRequired = true): unknown {
  if (isAbsent(value)) return absent(value, node, root, isRequired)
  const plain = plainNode(node, root)
  if (Array.isArray(value)) return plain.items ? value.map((part) => shaped(part, plain.items!, root)) : value
  if (!isRecord(value) || !plain.properties) return value
  const mayGo = acceptsNull(node, root) || !isRequired
  if (mayGo && isBlank(value) && (plain.required ?? []).length + formsOf(node, root).length > 0)
    return absent(
      acceptsNull(node, root) ? null : undefined,
      { ...node, default: undefined },
      root,
      isRequired,
    )
  const forms = formsOf(node, root)
  return forms.length > 0 ? inForm(value, forms, root) : shapedRecord(value, plain, root)
}
