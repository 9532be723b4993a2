import { z } from 'zod'
import { boxSchema } from './geometry.ts'

/** RFC 6901, for example `/items/0/amount`. */
export type JsonPointer = `/${string}`
export const jsonPointerSchema = z.templateLiteral(['/', z.string()])

export const pathSchema = z.enum(['direct', 'modular', 'embedded'])
/** Which of the two independent readers made a value, or that the file itself holds it as data. */
export type ExtractionPath = z.infer<typeof pathSchema>

/** Where a value stands on the upright page as submitted; `page` from 1. */
export const sourceSchema = z.object({ page: z.int().min(1), box: boxSchema, text: z.string() })
export type Source = z.infer<typeof sourceSchema>

/** A normalised value, the text it was printed as, how sure we are (0 to 1), and where it stands. */
export const fieldSchema = z.object({
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  text: z.string().nullable(),
  confidence: z.number().min(0).max(1),
  source: sourceSchema.nullable(),
})
export type Field = z.infer<typeof fieldSchema>
export type Scalar = Field['value']

/** Fields by pointer. An absent key was not looked for; a null value was looked for and is not there. */
const fieldsSchema = z.record(jsonPointerSchema, fieldSchema)
export type Fields = Record<JsonPointer, Field>

export const observationsSchema = z.record(
  z.string(),
  z.object({ value: z.number(), confidence: z.number().min(0).max(1) }),
)
/** Printed amounts that belong to no field, by name, such as the cash handed over: they help to judge the fields. */
export type Observations = z.infer<typeof observationsSchema>

/** Data before the document type's schema has judged it. */
export interface Candidate {
  readonly data: unknown
  readonly fields: Fields
  /** What the template found doubtful while it filled the fields, for example two equally good totals. */
  readonly violations: readonly Violation[]
  readonly observations?: Observations
  /** Templates beside the type's own that had a part in it: name to revision. */
  readonly producedBy?: Readonly<Record<string, string>>
}

/** Something that speaks against a value: the code is stable, the message is for people. */
export const violationSchema = z.object({
  code: z.string(),
  field: jsonPointerSchema.nullable(),
  /** All values that are held against one another, where a rule is about several: each of them may be the one that is wrong. */
  fields: z.array(jsonPointerSchema).max(2000).readonly().optional(),
  message: z.string(),
})
export type Violation = z.infer<typeof violationSchema>

/** A word that was read on the upright page as submitted, wherever it stands in the data. */
export const seenWordSchema = z.object({
  page: z.int().min(1),
  text: z.string(),
  box: boxSchema,
})
export type SeenWord = z.infer<typeof seenWordSchema>

export const crossCheckSchema = z.object({ engine: z.string(), words: z.array(seenWordSchema) })
/** What an engine that had no part in a path read in the places where the path says that its values stand. */
export type CrossCheck = z.infer<typeof crossCheckSchema>

/** One path's reading of a document, valid under the document type's schema. */
export const extractionSchema = z.object({
  documentType: z.string(),
  path: pathSchema,
  data: z.unknown(),
  fields: fieldsSchema,
  violations: z.array(violationSchema),
  observations: observationsSchema.optional(),
  /** The engines that made it: name to revision. */
  producedBy: z.record(z.string(), z.string()),
  /** What else decides the result: name to revision of the calibration that judges it, and of the program. */
  context: z.record(z.string(), z.string()).optional(),
  /** Every word it read, in reading order; empty where it does not tell. */
  words: z.array(seenWordSchema).default([]),
  crossCheck: crossCheckSchema.nullable().default(null),
  /** The sharpness of the least sharp page, see `PageQuality`. */
  sharpness: z.number().default(0),
  ms: z.number(),
})
export type Extraction = z.infer<typeof extractionSchema>
