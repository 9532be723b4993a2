import {
  fieldSpec,
  fieldSpecKey,
  fieldSpecSchema,
  type Comparator,
  type FieldSpec,
  type FieldSpecs,
} from '../core/field-spec.ts'
import type { DocumentType } from '../core/document-type.ts'
import { toPointer } from '../core/pointer.ts'
import { toJsonSchema } from './load.ts'
import type { SchemaNode } from '../core/schema-node.ts'
import { plainNode } from './plain-node.ts'

function comparatorOf({ type, format }: SchemaNode): Comparator {
  const types = [type ?? []].flat()
  if (types.includes('number') || types.includes('integer')) return 'amount'
  return format === 'date' || format === 'time' ? format : 'text'
}

const saidSchema = fieldSpecSchema.partial().catch({})

const specOf = (outer: SchemaNode, node: SchemaNode): FieldSpec => {
  const said = { ...saidOf(node), ...saidOf(outer) }
  return fieldSpec({ ...said, comparator: said.comparator ?? comparatorOf(node) })
}

const saidOf = (node: SchemaNode): Partial<FieldSpec> =>
  saidSchema.parse((node as Readonly<Record<string, unknown>>)[fieldSpecKey] ?? {}) as Partial<FieldSpec>

function specsIn(outer: SchemaNode, root: SchemaNode, keys: readonly string[]): [string, FieldSpec][] {
  const node = plainNode(outer, root)
  if (node.properties)
    return Object.entries(node.properties).flatMap(([key, child]) => specsIn(child, root, [...keys, key]))
  if (node.items) return specsIn(node.items, root, [...keys, '*'])
  return [[toPointer(keys), specOf(outer, node)]]
}

const known = new WeakMap<DocumentType, FieldSpecs>()

/** What a type demands of its fields; where its schema says nothing, what follows from the kind of value. */
export function fieldSpecsOf(type: DocumentType): FieldSpecs {
  const specs = known.get(type) ?? new Map(specsIn(toJsonSchema(type), toJsonSchema(type), []))
  known.set(type, specs)
  return specs
}
