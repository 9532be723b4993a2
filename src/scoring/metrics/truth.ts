import { getPointer } from '../../core/pointer.ts'
import { z } from 'zod'
import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { OneOf } from './anls-star.ts'
import { flatten, nest, prune, scalarsBelow } from './json-tree.ts'
import { collapse, isMissing, kindOf, type FieldKind, type Prediction } from '../../values/same.ts'
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

const typedSchema = z.record(z.string(), z.json())

/** Nested JSON in the shape of the document type, with typed values. */
function typedTruth(tree: z.infer<typeof typedSchema>): Truth {
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

interface PrintedField extends TruthField {
  readonly pointer: JsonPointer
  readonly values: readonly string[]
}

/** Values as printed; `form` takes out the white space that transcripts do not keep. Blank values are not known. */
function printedTruth(printed: readonly PrintedField[], form: (text: string) => string): Truth {
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

const sroieSchema = z.strictObject({
  company: z.string(),
  date: z.string().optional(),
  address: z.string().optional(),
  total: z.string().optional(),
})

function sroieTruth({ company, date = '', address = '', total = '' }: z.infer<typeof sroieSchema>): Truth {
  const orders = ['day-first'] as const
  const fields: readonly PrintedField[] = [
    { pointer: '/merchant/name', kind: 'text', orders, values: [company] },
    { pointer: '/date', kind: 'date', orders, values: [date] },
    { pointer: '/merchant/address', kind: 'text', orders, values: [address] },
    { pointer: '/total', kind: 'amount', orders, values: [total] },
  ]
  return printedTruth(fields, collapse)
}

const texts = z.array(z.string()).default([])
const wildReceiptSchema = z.object({
  store_name: z.array(z.string()),
  total: z.array(z.string()),
  tel: texts,
  date: texts,
  time: texts,
  subtotal: texts,
  tax: texts,
  tips: texts,
})

const withoutSpaces = (text: string): string => text.replace(/\s/g, '')

/** Receipts of many countries, transcribed without spaces: dates may be read either way. Addresses are left out. */
function wildReceiptTruth(truth: z.infer<typeof wildReceiptSchema>): Truth {
  const orders = ['day-first', 'month-first'] as const
  const fields: readonly PrintedField[] = [
    { pointer: '/merchant/name', kind: 'text', orders, values: truth.store_name },
    { pointer: '/merchant/phone', kind: 'phone', orders, values: truth.tel },
    { pointer: '/date', kind: 'date', orders, values: truth.date },
    { pointer: '/time', kind: 'time', orders, values: truth.time },
    { pointer: '/subtotal', kind: 'amount', orders, values: truth.subtotal },
    { pointer: '/tax', kind: 'amount', orders, values: truth.tax },
    { pointer: '/tip', kind: 'amount', orders, values: truth.tips },
    { pointer: '/total', kind: 'amount', orders, values: truth.total },
  ]
  return printedTruth(fields, withoutSpaces)
}

const formats = {
  /** Nested JSON in the shape of the document type, where null says "not printed". */
  parallax: typedSchema.transform(typedTruth),
  /** Four printed strings: company, date, address, total. */
  sroie: sroieSchema.transform(sroieTruth),
  /** Lists of printed strings, any of which counts. */
  wildreceipt: wildReceiptSchema.transform(wildReceiptTruth),
} satisfies Record<string, z.ZodType<Truth>>

/** In which form truths are written. */
export type TruthFormat = keyof typeof formats
export const truthFormats = Object.keys(formats) as readonly TruthFormat[]

/** Parses a truth of one format. Rejects with a `ZodError` what is no such truth. */
export const truthOf = (format: TruthFormat): z.ZodType<Truth> => formats[format]

/**
 * A truth of a receipt in any of the three formats, whose keys no receipt shares.
 * @example receiptTruthSchema.parse({ merchant: { name: 'Kedai Roti' }, tip: null, total: 9 })
 */
export const receiptTruthSchema: z.ZodType<Truth> = z.union([
  formats.sroie,
  formats.wildreceipt,
  formats.parallax,
])
