import type { FormField } from '../contract/review.ts'
import type { JsonPointer } from '../core/extraction.ts'
import { specOf, type FieldSpec, type FieldSpecs } from '../core/field-spec.ts'
import { toPointer } from '../core/pointer.ts'
import { fieldSpecsOf } from './field-specs.ts'
import type { LoadedType } from './load.ts'
import type { SchemaNode } from '../core/schema-node.ts'
import { plainNode } from './plain-node.ts'

/** What is the same wherever in a type one looks. */
interface Whole {
  readonly root: SchemaNode
  readonly specs: FieldSpecs
  readonly required: readonly JsonPointer[]
}

/** A property's name as people say it: `unitPrice` is unit price. */
const inWords = (key: string): string =>
  key
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_\s-]+/g, ' ')
    .trim()
    .toLowerCase()

/** The values to choose from; none where they are not texts. */
function choicesOf({ enum: values, const: only }: SchemaNode): readonly string[] {
  const all = (values ?? (only === undefined ? [] : [only])).filter((value) => value !== null)
  return all.every((value) => typeof value === 'string') ? all : []
}

function kindOf(node: SchemaNode, { comparator }: FieldSpec): FormField['kind'] {
  const types = [node.type ?? (node.enum ?? []).map((value) => typeof value)].flat()
  if (choicesOf(node).length > 0) return 'choice'
  if (types.includes('boolean')) return 'boolean'
  if (types.includes('integer')) return 'integer'
  if (types.includes('number')) return 'number'
  const told = [node.format, comparator].find((name) => name === 'date' || name === 'time')
  return told === 'date' || told === 'time' ? told : 'text'
}

const isRequired = (pointer: JsonPointer, { required }: Whole): boolean =>
  required.some((one) => one === pointer || one.startsWith(`${pointer}/`))

/** The words for the keys below the object or list that a form shows as one. */
const labelOf = (keys: readonly string[], node: SchemaNode): string =>
  node.title ??
  keys
    .filter((key) => key !== '*')
    .map(inWords)
    .join(' ')

function valueField(keys: readonly string[], label: string, outer: SchemaNode, whole: Whole): FormField {
  const node = plainNode(outer, whole.root)
  const pointer = toPointer(keys)
  const spec = specOf(whole.specs, pointer)
  return {
    pointer,
    label,
    kind: kindOf(node, spec),
    choices: [...choicesOf(node)],
    required: isRequired(pointer, whole),
    risk: spec.risk,
    hint: outer.description ?? node.description ?? null,
    columns: [],
  }
}

const risks = ['low', 'medium', 'high'] as const

/** A list is as risky as the riskiest of its columns. */
const riskiest = (columns: readonly FormField[]): FormField['risk'] =>
  risks[Math.max(0, ...columns.map(({ risk }) => risks.indexOf(risk)))]!

function listField(keys: readonly string[], label: string, outer: SchemaNode, whole: Whole): FormField {
  const node = plainNode(outer, whole.root)
  const pointer = toPointer(keys)
  const columns = fieldsIn([...keys, '*'], keys.length + 1, node.items!, whole)
  return {
    pointer,
    label,
    kind: 'list',
    choices: [],
    required: isRequired(pointer, whole),
    risk: riskiest(columns),
    hint: outer.description ?? node.description ?? null,
    columns: [...columns],
  }
}

/** The fields of a node; `named` keys of the way there are not told again in their labels. */
function fieldsIn(
  keys: readonly string[],
  named: number,
  outer: SchemaNode,
  whole: Whole,
): readonly FormField[] {
  const node = plainNode(outer, whole.root)
  if (node.properties)
    return Object.entries(node.properties).flatMap(([key, child]) =>
      fieldsIn([...keys, key], named, child, whole),
    )
  const label = labelOf(keys.slice(named), { ...node, ...outer }) || 'value'
  return [(node.items ? listField : valueField)(keys, label, outer, whole)]
}

/** The form in which a document of a type is corrected, in the order of its schema. */
export function formOf({ type, jsonSchema }: Pick<LoadedType, 'type' | 'jsonSchema'>): readonly FormField[] {
  const whole = { root: jsonSchema as SchemaNode, specs: fieldSpecsOf(type), required: type.required }
  return fieldsIn([], 0, jsonSchema, whole)
}
