import { z } from 'zod'
import type { ExtractionResult } from '../core/extraction-result.ts'
import { typedTruthSchema, type Truth } from '../scoring/metrics/truth.ts'
import { sroieTruthSchema } from './sroie.ts'
import { wildReceiptTruthSchema } from './wildreceipt.ts'

const formats = {
  parallax: typedTruthSchema,
  sroie: sroieTruthSchema,
  wildreceipt: wildReceiptTruthSchema,
} satisfies Record<string, z.ZodType<Truth>>

/** In which form truths are written: JSON in the shape of their document type, or as a public data set has them. */
export type TruthFormat = keyof typeof formats
export const truthFormats = Object.keys(formats) as readonly TruthFormat[]

/** Parses a truth of one format. Rejects with a `ZodError` what is no such truth. */
export const truthSchemaOf = (format: TruthFormat): z.ZodType<Truth> => formats[format]

/** A truth of a receipt in any of the formats, whose keys no receipt shares. */
export const receiptTruthSchema: z.ZodType<Truth> = z.union([
  formats.sroie,
  formats.wildreceipt,
  formats.parallax,
])

/** The truths of a document type where nobody says how they are written: those of receipts may be of any data set. */
export const truthSchemaForType = (documentType: string): z.ZodType<Truth> =>
  documentType === 'receipt' ? receiptTruthSchema : formats.parallax

/** Keys that tell a data set's truth: a result that has one is of a user's type which is called receipt, too. */
const keysOfDataSets = ['company', '/company', 'store_name', '/store_name']

const hasKeyOfDataSet = ({ data, fields }: ExtractionResult): boolean =>
  [data, fields].some((part) => keysOfDataSets.some((key) => Object.hasOwn(part ?? {}, key)))

/** The truths of results where nobody says how they are written, see `truthSchemaForType`. */
export function truthSchemaForResults(results: readonly ExtractionResult[]): z.ZodType<Truth> {
  const [first] = results
  const isOneType = first && results.every(({ documentType }) => documentType === first.documentType)
  return isOneType && !results.some(hasKeyOfDataSet)
    ? truthSchemaForType(first.documentType)
    : formats.parallax
}
