import { z } from 'zod'
import type { DocumentType } from './document-type.ts'

/** A node of a JSON Schema: the keywords that are looked at. */
export interface SchemaNode {
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly examples?: readonly unknown[]
  readonly default?: unknown
  /** Captions as documents of this kind print them. */
  readonly 'x-captions'?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly items?: SchemaNode
  readonly prefixItems?: readonly SchemaNode[]
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly allOf?: readonly SchemaNode[]
}

/** The JSON Schema of a document type, as it is. */
export const schemaOf = (type: DocumentType): SchemaNode =>
  z.toJSONSchema(type.schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode

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
