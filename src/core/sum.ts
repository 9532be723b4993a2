import { z } from 'zod'
import { jsonPointerSchema } from './extraction.ts'

const share = z.number().min(0).max(1)

const sumFieldSchema = z.object({
  field: jsonPointerSchema,
  /** Of all documents, about the share that does not print it, 0 to 1: what is believed before anything was read. */
  absent: share,
})
export type SumField = Readonly<z.infer<typeof sumFieldSchema>>

const sumPartSchema = sumFieldSchema.extend({
  /** 1 where it is added, -1 where it is taken off. */
  sign: z.literal([1, -1]),
  /**
   * Of documents that print it, the share whose total counts it on top of the other parts, 0 to 1. The others already
   * contain it: prices that include tax, a subtotal after the discount.
   */
  counted: share,
})
/** An amount that may stand between the first part of a sum and its total. */
export type SumPart = Readonly<z.infer<typeof sumPartSchema>>

const sumLinesSchema = z.object({
  records: jsonPointerSchema,
  amount: z.string(),
  quantity: z.string(),
  unitPrice: z.string(),
})
/** Item lines of a document: a list of records, and the names of their parts. */
export type SumLines = Readonly<z.infer<typeof sumLinesSchema>>

const sumRecordsSchema = z.object({
  records: jsonPointerSchema,
  amount: z.string(),
  /** The field that they add up to. */
  makes: jsonPointerSchema,
})
/** Records that make an amount together, such as the lines of a tax table. */
export type SumRecords = Readonly<z.infer<typeof sumRecordsSchema>>

export const sumSchema = z.object({
  total: sumFieldSchema,
  /** What the others are added to: without it, or lines in its place, nothing is concluded. */
  first: sumFieldSchema,
  parts: z.array(sumPartSchema).readonly(),
  /** Lines whose quantity × unit price is their amount, and whose amounts make the first part or the total. */
  lines: sumLinesSchema.optional(),
  tables: z.array(sumRecordsSchema).readonly().optional(),
  /** Hundredths by which tills round without printing it. */
  rounding: z.number().min(0),
})
/** How the amounts of a document hang together: the first part with the others makes the total. */
export type Sum = Readonly<z.infer<typeof sumSchema>>

/** Names under which a reading may tell amounts that stand in no field: what was handed over, and what came back. */
export const payment = { tendered: 'tendered', change: 'change' } as const
