import { z } from 'zod'
import type { Word } from '../../core/document.ts'
import type { Candidate, JsonPointer, Scalar } from '../../core/extraction.ts'
import { fieldSchema } from '../../core/extraction.ts'
import { hull, type Box } from '../../core/geometry.ts'
import { getPointer } from '../../core/pointer.ts'
import { linesOf, type FillContext } from '../rule.ts'
import { draftField, type Sought } from './draft-field.ts'
import { draftTable, recordWords, type TrueRecord } from './draft-table.ts'
import { kindOf, type ListField, type SchemaField, type ValueField } from './fields.ts'
import { labelsIn } from './labels.ts'
import { showsMark } from './match.ts'
import { isRight, occurrencesOf } from './occurrences.ts'
import { fieldRuleOf } from './rules.ts'
import {
  isFieldPointer,
  isMark,
  isWay,
  maxFields,
  maxVendorLength,
  valueParsers,
  type Mark,
  type Way,
} from './vendor-template.ts'

/** What was drafted for a field; a null way has a note that says why there is none. */
export interface DraftedField {
  readonly pointer: JsonPointer
  readonly way: Way | null
  readonly note: string
}

export interface Draft {
  readonly vendor: string
  readonly type: string
  readonly match: readonly Mark[]
  readonly fields: readonly DraftedField[]
  /** Fields that the labelled document prints. */
  readonly printed: number
}

/** A labelled document: what was read on it, what is true, and what the type's own template made of it. */
export interface Labelled {
  readonly type: string
  readonly fields: ReadonlyMap<JsonPointer, SchemaField>
  readonly truth: unknown
  readonly context: FillContext
  readonly usual: Candidate
}

/** Fields that are the same on every document of a vendor. */
const owned =
  /^\/(merchant|vendor|company|store|shop|seller|supplier|issuer)|^\/(address|phone|telephone|tel)$/i
const vendorName = /^\/(merchant|vendor|company|store|shop|seller|supplier|issuer)(\/?name)?$/i

const scalar = (value: unknown): Scalar => fieldSchema.shape.value.safeParse(value).data ?? null

const overlaps = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]

/** Places of a value; where the type's own template read it rightly, that place first. */
function placesFor(pointer: JsonPointer, { as }: ValueField, { truth, context, usual }: Labelled) {
  const value = scalar(getPointer(truth, pointer))
  if (value === null) return []
  const places = occurrencesOf(value, valueParsers[as], context)
  const known = usual.fields[pointer]
  const source = known && isRight(known.value, value) ? known.source : null
  const isKnown = (words: readonly Word[]): boolean =>
    source !== null && overlaps(hull(words.map((w) => w.box)), source.box)
  return [...places.filter(isKnown), ...places.filter((place) => !isKnown(place))]
}

const recordsSchema = z.array(z.record(z.string(), fieldSchema.shape.value))

const recordsAt = (truth: unknown, pointer: JsonPointer): readonly TrueRecord[] => {
  return recordsSchema.safeParse(getPointer(truth, pointer)).data ?? []
}

/** Words of values that another document will not show. */
function varyingWords(labelled: Labelled): ReadonlySet<Word> {
  const words = [...labelled.fields].flatMap(([pointer, field]) => {
    if (field.kind === 'records') return recordWords(recordsAt(labelled.truth, pointer), labelled.context)
    return owned.test(pointer) ? [] : placesFor(pointer, field, labelled).flat()
  })
  return new Set(words.filter((w) => /\d/.test(w.text) || w.text.length > 2))
}

/** Where nobody knows which of several equal values is meant, a person must look. */
const doubt = ({ places }: Sought): string =>
  places.length > 1
    ? `; the same value stands in ${places.length} places, so check that this is the right one`
    : ''

/** A vendor's own text, where a template may say it and the field takes a text. */
function ownText(value: string, { as }: ValueField): Way | null {
  const way = { text: [value] }
  return kindOf(as) === 'a text' && isWay(way) ? way : null
}

const quoted = (value: Scalar): string => {
  const text = String(value)
  return `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`
}

function draftValue(
  pointer: JsonPointer,
  field: ValueField,
  labelled: Labelled,
  varying: ReadonlySet<Word>,
  others: readonly Way[],
): DraftedField {
  const value = scalar(getPointer(labelled.truth, pointer))
  if (value === null) return { pointer, way: null, note: 'is not printed on this document' }
  const own = typeof value === 'string' && owned.test(pointer) ? ownText(value, field) : null
  if (own && fieldRuleOf(own, valueParsers.text).find(labelled.context).length > 0)
    return { pointer, way: own, note: 'is the same on every document of the vendor' }
  const sought: Sought = { value, as: field.as, places: placesFor(pointer, field, labelled), varying, others }
  const drafted = draftField(sought, labelled.context)
  const isUsual = isRight(labelled.usual.fields[pointer]?.value, value)
  if (drafted) return { pointer, way: drafted.way, note: `${drafted.note}${isUsual ? '' : doubt(sought)}` }
  const why =
    sought.places.length === 0
      ? `${quoted(value)} was not read on the page`
      : `no way was found to ${quoted(value)}`
  return { pointer, way: null, note: isUsual ? 'is left to the type, which reads it here' : why }
}

function draftList(
  pointer: JsonPointer,
  field: ListField,
  { truth, context }: Labelled,
  varying: ReadonlySet<Word>,
): DraftedField {
  const records = recordsAt(truth, pointer)
  if (records.length === 0) return { pointer, way: null, note: 'is not printed on this document' }
  const drafted = draftTable(records, field, context, varying)
  if (!drafted)
    return { pointer, way: null, note: `no columns were found that read the ${records.length} records` }
  const { table, right, printed } = drafted
  return { pointer, way: { table }, note: `reads ${right} of the ${printed} values of this document` }
}

/** The vendor's name where it can be read, else the first line that names something. */
function marks(name: string | null, { context }: Labelled, varying: ReadonlySet<Word>): readonly Mark[] {
  if (name !== null && isMark(name) && showsMark(context.pages, name)) return [name]
  const [longest] = linesOf(context.pages)
    .slice(0, 8)
    .flatMap(({ line }) => labelsIn(line.words, varying))
    .sort((a, b) => b.length - a.length)
  return longest === undefined ? [] : [longest]
}

const isPrinted = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : (value ?? null) !== null

/** Fields in the order in which they choose their ways: first those that the type's own template reads rightly. */
function byCertainty({ fields, truth, usual }: Labelled): readonly (readonly [JsonPointer, SchemaField])[] {
  const isKnown = (pointer: JsonPointer): boolean =>
    isRight(usual.fields[pointer]?.value, scalar(getPointer(truth, pointer)))
  return [...fields].sort(([a], [b]) => Number(isKnown(b)) - Number(isKnown(a)))
}

/** What a template may not say is left to the type. */
function withinLimits(fields: readonly DraftedField[]): readonly DraftedField[] {
  const usable = fields.filter(({ pointer, way }) => way && isFieldPointer(pointer)).slice(0, maxFields)
  return fields.map((field) =>
    field.way === null || usable.includes(field)
      ? field
      : { ...field, way: null, note: 'is more than a template may say' },
  )
}

function draftFields(labelled: Labelled, varying: ReadonlySet<Word>): readonly DraftedField[] {
  const drafted = new Map<JsonPointer, DraftedField>()
  const numbers: Way[] = []
  for (const [pointer, field] of byCertainty(labelled)) {
    const one =
      field.kind === 'records'
        ? draftList(pointer, field, labelled, varying)
        : draftValue(pointer, field, labelled, varying, field.as === 'currency' ? [] : numbers)
    drafted.set(pointer, one)
    if (one.way && field.kind === 'field' && field.as !== 'currency') numbers.push(one.way)
  }
  return withinLimits([...labelled.fields.keys()].map((pointer) => drafted.get(pointer)!))
}

/** Drafts a vendor's template: for each field the plainest way that reads its true value on the labelled document. */
export function draftTemplate(labelled: Labelled): Draft {
  const { type, fields, truth } = labelled
  const varying = varyingWords(labelled)
  const pointer = [...fields.keys()].find((p) => vendorName.test(p))
  const name = pointer === undefined ? null : scalar(getPointer(truth, pointer))
  const spoken = typeof name === 'string' ? name.slice(0, maxVendorLength).trim() || null : null
  const match = marks(spoken, labelled, varying)
  const first = match.find((mark) => typeof mark === 'string')
  const printed = [...fields.keys()].filter((p) => isPrinted(getPointer(truth, p))).length
  return {
    printed,
    vendor: spoken ?? first ?? 'unknown',
    type,
    match,
    fields: draftFields(labelled, varying),
  }
}
