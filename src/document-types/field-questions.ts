import type { FieldQuestion, QuestionType } from '../core/field-question.ts'
import { toPointer } from '../core/pointer.ts'
import type { Kind } from '../templating/captions/kinds.ts'
import type { SchemaNode } from '../core/schema-node.ts'

const byKind: Partial<Readonly<Record<Kind, QuestionType>>> = {
  boolean: 'boolean',
  date: 'date',
  dateTime: 'date',
  time: 'time',
  email: 'email',
  uri: 'uri',
  iban: 'iban',
  integer: 'integer',
  amount: 'number',
  number: 'number',
  choice: 'enum',
}

const isText = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

/** A property of a schema as a question: captions as documents print them before its bare name, examples last. */
export function fieldQuestion(
  key: string,
  { title, description, examples = [], 'x-captions': captions = [] }: SchemaNode,
  path: readonly string[],
  kind: Kind,
): FieldQuestion {
  const said: FieldQuestion['phrases'] = [
    ...path.slice(-1).map((text) => ({ kind: 'owner', text }) as const),
    ...(title === undefined ? [] : [{ kind: 'title', text: title } as const]),
    ...captions.map((text) => ({ kind: 'caption', text }) as const),
    { kind: 'name', text: key },
    ...(description === undefined ? [] : [{ kind: 'description', text: description } as const]),
    ...examples.filter(isText).map((text) => ({ kind: 'example', text: String(text) }) as const),
  ]
  return { pointer: toPointer([...path, key]), list: null, phrases: said, type: byKind[kind] ?? 'string' }
}

/** A column of a list's records as a question. */
export function columnQuestion(
  key: string,
  node: SchemaNode,
  list: readonly string[],
  kind: Kind,
): FieldQuestion {
  return {
    ...fieldQuestion(key, node, list, kind),
    pointer: toPointer([...list, '*', key]),
    list: toPointer(list),
  }
}
