import { z } from 'zod'
import type { ExtractionPath } from '../core/extraction.ts'
import { signals, signalsOf, type Evidence } from './evidence.ts'

const weightsSchema = z.object({
  /** Of the `signals`; one that is left out weighs nothing. */
  signals: z.partialRecord(z.enum(signals), z.number()),
  /** Added for each field, by pattern; `otherwise` for fields that were not among the labelled ones. */
  fields: z.record(z.string(), z.number()),
  otherwise: z.number(),
  /** Values it was fitted on, and how many of them were right. */
  values: z.int().min(0),
  right: z.int().min(0),
})
/** A logistic regression from evidence to the probability that a value is right. */
export type Weights = z.infer<typeof weightsSchema>

export const calibrationSchema = z.object({
  version: z.literal(1),
  documentType: z.string(),
  documents: z.int().min(1),
  /** By `stageOf` the engines that read, then the path. */
  stages: z.record(z.string(), z.partialRecord(z.enum(['direct', 'modular']), weightsSchema)),
})
/** Fitted on labelled documents that the engines were not trained on. */
export type Calibration = z.infer<typeof calibrationSchema>

/** The engines that read a document together, whatever their revisions. */
export const stageOf = (engines: readonly string[]): string => [...engines].sort().join(' & ')

/** The weights for a path where these engines read; undefined where nobody has fitted any. */
export const weightsFor = (
  calibration: Calibration | null,
  stage: string,
  path: ExtractionPath,
): Weights | undefined => calibration?.stages[stage]?.[path]

/** The probability that a value with this evidence is right. */
export function probability(evidence: Evidence, { signals: slopes, fields, otherwise }: Weights): number {
  const base = fields[evidence.field] ?? otherwise
  const sum = signalsOf(evidence).reduce((s, x, i) => s + x * (slopes[signals[i]!] ?? 0), base)
  return 1 / (1 + Math.exp(-sum))
}
