import { z } from 'zod'
import { errorReportSchema } from './errors.ts'
import { extractionSchema, jsonPointerSchema, pathSchema } from './extraction.ts'
import { segmentationSchema } from './part.ts'
import { flagSchema, resultFieldSchema } from './extraction-result.ts'

const scoreSchema = z.object({
  /** The score of the whole attempt, 0 to 1: that of its least certain required field. */
  value: z.number(),
  fields: z.record(jsonPointerSchema, z.number()),
  flags: z.array(flagSchema).readonly(),
})
/** Reference-free judgement of one extraction. */
export type Score = Readonly<z.infer<typeof scoreSchema>>

export const attemptSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    path: pathSchema,
    extraction: extractionSchema,
    score: scoreSchema,
    /** What documents the file holds, where this attempt found out: it has then read the first. */
    segmentation: segmentationSchema.optional(),
  }),
  z.object({ ok: z.literal(false), path: pathSchema, error: errorReportSchema, ms: z.number() }),
])
/** One run of one path on one document. */
export type Attempt = Readonly<z.infer<typeof attemptSchema>>

export type Succeeded = Extract<Attempt, { readonly ok: true }>

export const consensusSchema = z.object({
  data: z.unknown(),
  fields: z.record(jsonPointerSchema, resultFieldSchema),
  flags: z.array(flagSchema).readonly(),
  /** Those of the flags that keep it from being accepted: they are about the whole, or about a field where a mistake costs something. */
  objections: z.array(flagSchema).readonly(),
  /** The probability of its least certain required field, 0 to 1. */
  score: z.number(),
  /** Expected cost of wrong values that a minute of review removes. */
  reviewPriority: z.number().min(0),
})
/** What all attempts together say of a document: one value a field, with the probability that it is right. */
export type Consensus = Readonly<z.infer<typeof consensusSchema>>

export interface Verdict {
  readonly action: 'accept' | 'reprocess' | 'review' | 'fail'
  readonly reason: string
}

/** What is known of a document when a strategy decides. Without any reading there is no consensus. */
export interface Case {
  readonly attempts: readonly [Attempt, ...Attempt[]]
  readonly consensus: Consensus | null
}

/** What to do with a document, by what is known of it; a pure function. */
export type Decide = (known: Case) => Verdict
