import type { JsonPointer } from '../core/extraction.ts'
import { toPointer } from '../core/pointer.ts'
import type { SchemaField } from '../templating/vendor/fields.ts'
import type { ParserName } from '../templating/vendor/vendor-template.ts'
import type { SchemaNode } from '../core/schema-node.ts'
import { plainNode } from './plain-node.ts'

/** Names of properties that tell more than their type. */
const byName: readonly (readonly [RegExp, ParserName])[] = [
  [/^(phone|telephone|tel|phonenumber)$/, 'phone'],
  [/time$/, 'time'],
  [/^currency(code)?$/, 'currency'],
  [/date$/, 'date'],
]
const counts = /^(quantity|qty|count|units|rate|percent|percentage)$/

function parserFor(name: string, node: SchemaNode): ParserName {
  const types = [node.type ?? []].flat()
  const plain = name.replace(/[_\s-]/g, '').toLowerCase()
  if (node.format === 'date') return 'date'
  if (node.format === 'time') return 'time'
  if (types.includes('integer')) return 'integer'
  if (types.includes('number')) return counts.test(plain) ? 'number' : 'money'
  if (types.includes('boolean')) return 'boolean'
  return byName.find(([pattern]) => pattern.test(plain))?.[1] ?? 'text'
}

function fieldsIn(node: SchemaNode, root: SchemaNode, base: string): [JsonPointer, SchemaField][] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]): [JsonPointer, SchemaField][] => {
    const pointer = `${base}${toPointer([name])}` as JsonPointer
    const target = plainNode(child, root)
    if (target.properties) return fieldsIn(target, root, pointer)
    const record = target.items ? plainNode(target.items, root).properties : undefined
    if (!record) return target.items ? [] : [[pointer, { kind: 'field', as: parserFor(name, target) }]]
    const columns = Object.entries(record).map(
      ([key, n]) => [key, parserFor(key, plainNode(n, root))] as const,
    )
    return [[pointer, { kind: 'records', columns: Object.fromEntries(columns) }]]
  })
}

/** The values and lists of records that a JSON Schema describes, by pointer. */
export const schemaFields = (schema: object): ReadonlyMap<JsonPointer, SchemaField> =>
  new Map(fieldsIn(schema, schema, ''))
