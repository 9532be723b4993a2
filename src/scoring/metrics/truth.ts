import { getPointer } from '../../core/pointer.ts'
import { z } from 'zod'
import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { OneOf } from './anls-star.ts'
import { flatten, nest, prune, scalarsBelow } from './json-tree.ts'
import { isMissing, kindOf, type FieldKind, type Prediction } from '../../values/same.ts'
import type { DateOrder } from '../../values/printed.ts'

/** What a field should be: any of the values counts; a single null says that nothing is printed. */
export interface TruthField {
  readonly kind: FieldKind
  readonly orders: readonly DateOrder[]
  readonly values: readonly Scalar[]
}

/** What is known of one document. Fields that are not known are absent. */
export interface Truth {
  readonly fields: Readonly<Record<JsonPointer, TruthField>>
  readonly lists: Readonly<Record<JsonPointer, readonly unknown[]>>
  /** The truth as nested JSON, with `OneOf` where several values count. */
  readonly tree: Readonly<Record<string, unknown>>
  /** A prediction in the form in which this truth is written, for exact comparison. */
  wording(prediction: Prediction): Scalar
  /** A result's answer in the shape of `tree`. */
  predictedTree(result: ExtractionResult | null): unknown
}

const nothing = { value: null, text: null, confidence: null }

/** What a result says at a pointer. Records and lists in place of a scalar count as their JSON text. */
export function predictionAt(
  result: ExtractionResult | null,
  pointer: JsonPointer,
): Prediction & { readonly confidence: number | null } {
  const field = result?.fields[pointer]
  if (field) return isMissing(field) ? nothing : field
  const value = getPointer(result?.data, pointer)
  const cells = [...scalarsBelow(value).values()].filter((cell) => cell !== null)
  if (cells.length === 0) return nothing
  return { ...nothing, value: typeof value === 'object' ? JSON.stringify(value) : (cells[0] ?? null) }
}

function typedTruth(tree: Readonly<Record<string, unknown>>): Truth {
  const leaves = flatten(tree)
  const lists = leaves.filter((leaf): leaf is [JsonPointer, readonly unknown[]] => Array.isArray(leaf[1]))
  const scalars = leaves.filter((leaf): leaf is [JsonPointer, Scalar] => !Array.isArray(leaf[1]))
  const field = (value: Scalar): TruthField => ({
    kind: kindOf(value),
    orders: ['day-first'],
    values: [value],
  })
  return {
    fields: Object.fromEntries(scalars.map(([pointer, value]) => [pointer, field(value)])),
    lists: Object.fromEntries(lists),
    tree,
    wording: ({ value }) => value,
    predictedTree: (result) => prune(result?.data, tree),
  }
}

/**
 * A truth as nested JSON in the shape of its document type, where null says "not printed".
 * @example typedTruthSchema.parse({ merchant: { name: 'Kedai Roti' }, tip: null, total: 9 })
 */
export const typedTruthSchema: z.ZodType<Truth> = z.record(z.string(), z.json()).transform(typedTruth)

/** A field whose truth is written as it is printed. */
export interface PrintedField extends TruthField {
  readonly pointer: JsonPointer
  readonly values: readonly string[]
}

/** A truth of values as printed; `form` takes out the white space that transcripts do not keep. Blank values are not known. */
export function printedTruth(printed: readonly PrintedField[], form: (text: string) => string): Truth {
  const known = printed
    .map((field) => ({ ...field, values: field.values.map(form).filter((value) => value !== '') }))
    .filter(({ values }) => values.length > 0)
  const wording = ({ text }: Prediction): Scalar => (text === null ? null : form(text))
  return {
    fields: Object.fromEntries(known.map(({ pointer, ...field }) => [pointer, field])),
    lists: {},
    tree: nest(Object.fromEntries(known.map(({ pointer, values }) => [pointer, oneOf(values)]))),
    wording,
    predictedTree: (result) =>
      nest(Object.fromEntries(known.map(({ pointer }) => [pointer, wording(predictionAt(result, pointer))]))),
  }
}

const oneOf = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : new OneOf(values))
