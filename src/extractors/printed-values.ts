import type { DocumentType } from '../core/document-type.ts'
import type { Candidate, Field, Fields, JsonPointer, Violation } from '../core/extraction.ts'
import { fieldSpecKey } from '../core/field-spec.ts'
import { pointerKeys, setPointer } from '../core/pointer.ts'
import { schemaOf, type SchemaNode } from '../core/schema-node.ts'
import { partOf, shapesOf } from '../core/schema-shapes.ts'
import * as parsers from '../templating/parsers.ts'
import type { Parsed, ValueParser } from '../templating/parsers.ts'
import { currencyCode } from '../templating/currency.ts'
import { detectLocale, type Locale } from '../values/locale.ts'
import { misfits } from './invalid-values.ts'

/** What is known of a field: its name, its node in the JSON Schema, and the shapes that it may have. */
interface Asked {
  readonly name: string
  readonly comparator: unknown
  readonly shapes: readonly SchemaNode[]
}

function askedOf(pointer: JsonPointer, schema: SchemaNode): Asked {
  const keys = pointerKeys(pointer)
  const node = keys.reduce<unknown>((at, key) => partOf(shapesOf(at, schema), key), schema)
  const spec = (node as Readonly<Record<string, unknown>> | undefined)?.[fieldSpecKey]
  const comparator = (spec as { readonly comparator?: unknown } | undefined)?.comparator
  return { name: keys.at(-1) ?? '', comparator, shapes: shapesOf(node, schema) }
}

const amount: ValueParser = (text, locale) =>
  text.includes('%') ? null : (parsers.money(text, locale) ?? parsers.number(text, locale))

const number: ValueParser = (text, locale) => parsers.money(text, locale) ?? parsers.number(text, locale)

const oneOf =
  (choices: readonly unknown[]): ValueParser =>
  (text) => {
    const alike = choices.filter((c) => typeof c === 'string' && c.toLowerCase() === text.toLowerCase())
    return alike.length === 1 ? { value: alike[0] as string, text } : null
  }

/** The parser of a field, by what its schema says of it; null where any text will do. */
function parserOf({ name, comparator, shapes }: Asked): ValueParser | null {
  const types = new Set(shapes.flatMap(({ type }) => type ?? []))
  const choices = shapes.flatMap((shape) => shape.enum ?? [])
  if (choices.length > 0) return oneOf(choices)
  if (comparator === 'date' || shapes.some(({ format }) => format === 'date')) return parsers.date
  if (comparator === 'time' || shapes.some(({ format }) => format === 'time')) return parsers.time
  if (types.has('number')) return comparator === 'amount' ? amount : number
  if (types.has('integer')) return parsers.integer
  if (types.has('boolean')) return parsers.boolean
  return /^currency(_?code)?$/i.test(name) ? currencyCode : null
}

/** A value is all of its text: beside it may stand a unit or a currency, or a time beside a day, but no other figure. */
function parseWhole(parse: ValueParser, text: string, locale: Locale): Parsed | null {
  const parsed = parse(text, locale)
  if (!parsed) return null
  const beside = text.replace(/\s*([.,])\s*/g, '$1').replace(parsed.text, ' ')
  const isTime =
    parse === parsers.date && /^[\sT,]*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]m|z)?$/i.test(beside)
  return /\d/.test(beside) && !isTime ? null : parsed
}

interface Read {
  readonly field: Field
  readonly doubt?: Parsed['doubt'] | undefined
}

function read(field: Field, asked: Asked, locale: Locale): Read | null {
  const text = typeof field.value === 'string' ? field.value.trim() : null
  const parse = text === null ? null : parserOf(asked)
  if (text === null || parse === null) return null
  const parsed = parseWhole(parse, text, locale)
  if (parsed === null) return null
  const { value, certainty = 1, doubt } = parsed
  return { field: { ...field, value, confidence: field.confidence * certainty }, doubt }
}

/** A count or number that stands where text is wanted, such as the number of an invoice; what has decimals lost its zeros. */
function spelt(field: Field, { shapes }: Asked): Read | null {
  const takesText = shapes.some(({ type }) => [type ?? []].flat().includes('string'))
  const isWhole = Number.isSafeInteger(field.value)
  return takesText && isWhole ? { field: { ...field, value: String(field.value) } } : null
}

/**
 * Values that a model gave as text, as they are printed, where the schema wants a number, a day, a time or a yes or no: each
 * read by the parser of its field. What cannot be read stays as it is, for `dropMisfits` to take out. Dates are as
 * sure as the texts tell the order of day and month; where they tell too little, a violation says so.
 */
export function readPrinted(candidate: Candidate, type: DocumentType): Candidate {
  const wrong = misfits(candidate, type)
  if (wrong.size === 0) return candidate
  const schema = schemaOf(type)
  const texts = Object.values(candidate.fields).flatMap(({ text }) => text ?? [])
  const locale = detectLocale(texts.join('\n'))
  const data = structuredClone(candidate.data) as Record<string, unknown>
  const fields: Fields = { ...candidate.fields }
  const violations: Violation[] = [...candidate.violations]
  for (const pointer of wrong.keys()) {
    const asked = askedOf(pointer, schema)
    const found = read(fields[pointer]!, asked, locale) ?? spelt(fields[pointer]!, asked)
    if (!found) continue
    fields[pointer] = found.field
    setPointer(data, pointer, found.field.value)
    if (found.doubt) violations.push({ ...found.doubt, field: pointer })
  }
  return { ...candidate, data, fields, violations }
}
