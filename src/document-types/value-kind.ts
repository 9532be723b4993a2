import { matchingPattern, oneOf, parserOf, type Kind } from '../templating/captions/kinds.ts'
import type { Concept } from '../templating/captions/lexicon.ts'
import { wordsOfName } from '../templating/captions/spelling.ts'
import type { ValueParser } from '../templating/parsers.ts'
import type { SchemaNode } from '../core/schema-node.ts'

/** What the values of a property look like, and how they are read. */
export interface ReadAs {
  readonly kind: Kind
  readonly parse: ValueParser
}

const byFormat: Readonly<Record<string, Kind>> = {
  date: 'date',
  time: 'time',
  'iso-time': 'time',
  'date-time': 'dateTime',
  'iso-date-time': 'dateTime',
  email: 'email',
  'idn-email': 'email',
  uri: 'uri',
  url: 'uri',
  iban: 'iban',
}

const byConcept: readonly (readonly [kind: Kind, concepts: readonly Concept[]])[] = [
  ['currency', ['currency']],
  ['iban', ['iban']],
  ['vatId', ['vatId']],
  ['phone', ['phone', 'fax']],
  ['email', ['email']],
  ['date', ['date', 'dueDate', 'deliveryDate']],
  ['time', ['time']],
  ['lines', ['address', 'paymentTerms']],
  ['code', ['invoiceNumber', 'orderNumber', 'customerNumber', 'contractNumber', 'deliveryNote']],
]

const byLastWord: readonly (readonly [kind: Kind, words: RegExp])[] = [
  ['phone', /^(?:phone|telephone|tel|mobile|fax)$/],
  ['date', /^date$/],
  ['time', /^time$/],
  ['lines', /^(?:address|notes?|remarks?|comments?|terms|description|text)$/],
  ['code', /^(?:number|no|nr|id)$/],
]

/** Numbers that count instead of being sums of money. */
const counts =
  /^(?:quantity|qty|count|units|pages|days|hours|percent|percentage|rate|weight|length|size|year|age|km|kg)$/

const showDigits = (examples: readonly unknown[] | undefined): boolean =>
  examples !== undefined &&
  examples.length > 0 &&
  examples.every((one) => typeof one === 'string' && /\d/.test(one))

function numberKind(last: string, concepts: ReadonlySet<Concept>): Kind {
  return counts.test(last) || concepts.has('quantity') ? 'number' : 'amount'
}

function textKind(node: SchemaNode, words: readonly string[], concepts: ReadonlySet<Concept>): Kind {
  const [named] = byLastWord.find(([, pattern]) => pattern.test(words.at(-1) ?? '')) ?? []
  const [meant] = byConcept.find(([, of]) => of.some((concept) => concepts.has(concept))) ?? []
  const isPhone = words.includes('phone') || words.includes('telephone')
  return (isPhone ? 'phone' : undefined) ?? meant ?? named ?? (showDigits(node.examples) ? 'code' : 'text')
}

function kindOf(key: string, node: SchemaNode, concepts: ReadonlySet<Concept>): Kind {
  const types = [node.type ?? []].flat()
  const words = wordsOfName(key)
  const formatted = node.format === undefined ? undefined : byFormat[node.format]
  if (formatted) return formatted
  if (types.includes('integer')) return 'integer'
  if (types.includes('number')) return numberKind(words.at(-1) ?? '', concepts)
  if (types.includes('boolean')) return 'boolean'
  return textKind(node, words, concepts)
}

const isChoice = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

function choiceParser(kind: Kind, values: readonly unknown[]): ValueParser {
  const choices = values.filter(isChoice)
  const spelled = oneOf(choices)
  return (raw, locale) => {
    const read = parserOf[kind](raw, locale)
    return read && choices.includes(read.value) ? read : spelled(raw, locale)
  }
}

/** A moment of RFC 3339 has an offset: where none is printed, nothing is known of it. */
const withOffset: ValueParser = (raw, locale) => {
  const parsed = parserOf.dateTime(raw, locale)
  return parsed && /(?:Z|[+-]\d{2}:?\d{2})$/.test(String(parsed.value)) ? parsed : null
}

/** How a property's values are read, by what its schema and its name say of them. */
export function readAs(key: string, node: SchemaNode, concepts: ReadonlySet<Concept>): ReadAs {
  const kind = kindOf(key, node, concepts)
  if (node.enum) return { kind: kind === 'text' ? 'choice' : kind, parse: choiceParser(kind, node.enum) }
  if (node.format === 'date-time') return { kind, parse: withOffset }
  return {
    kind,
    parse: node.pattern === undefined ? parserOf[kind] : matchingPattern(kind, node.pattern),
  }
}
