import { z } from 'zod'
import { beliefSchema } from '../amounts/belief.ts'
import { pathSchema, type ExtractionPath } from '../core/extraction.ts'
import { signals, signalsOf, type Evidence } from './evidence.ts'

const weightsSchema = z.object({
  /** Of the `signals`; one that is left out weighs nothing. */
  signals: z.partialRecord(z.enum(signals), z.number()),
  /** Added for each field, by pattern; `otherwise` for fields that were not among the labelled ones. */
  fields: z.record(z.string(), z.number()),
  otherwise: z.number(),
  /** Readings it was fitted on, and how many of them were right. */
  values: z.int().min(0),
  right: z.int().min(0),
})
/** A logistic regression from evidence to the probability that a reading is right. */
export type Weights = z.infer<typeof weightsSchema>

const pathWeightsSchema = z.object({
  /** For values. */
  read: weightsSchema,
  /** For "not there"; missing where the labels know too few fields that are not printed. */
  absent: weightsSchema.optional(),
})
export type PathWeights = z.infer<typeof pathWeightsSchema>

const stageSchema = z.object({
  /** What read when it was fitted: engine to revision. */
  engines: z.record(z.string(), z.string()),
  paths: z.partialRecord(pathSchema, pathWeightsSchema),
  /** How often the amounts of such documents add up. */
  belief: beliefSchema.optional(),
})
export type CalibratedStage = z.infer<typeof stageSchema>

export const calibrationSchema = z.object({
  version: z.literal(2),
  documentType: z.string(),
  /** Of the file of a user's type; null for a built-in one. */
  typeHash: z.string().nullable(),
  documents: z.int().min(1),
  /** By the name of the stage, see `stageOf`. */
  stages: z.record(z.string(), stageSchema),
})
/** Fitted on labelled documents that the engines were not trained on. */
export type Calibration = z.infer<typeof calibrationSchema>

/** What read a document: the engines that made its words, by which a calibration is found, and all that had a part. */
export interface Stage {
  readonly name: string
  /** Engine to revision. */
  readonly engines: Readonly<Record<string, string>>
}

export const stageName = (engines: readonly string[]): string => [...engines].sort().join(' & ')

/** Engines of a stage whose revision is another than the one a calibration was fitted for. */
export const changedSince = (fitted: CalibratedStage, { engines }: Stage): readonly string[] =>
  Object.entries(fitted.engines).flatMap(([name, revision]) => (engines[name] === revision ? [] : name))

/** What a calibration knows of a stage; undefined where nobody has fitted any, or for engines of other revisions. */
export function stageIn(calibration: Calibration | null, stage: Stage): CalibratedStage | undefined {
  const fitted = calibration?.stages[stage.name]
  return fitted && changedSince(fitted, stage).length === 0 ? fitted : undefined
}

export const weightsFor = (
  fitted: CalibratedStage | undefined,
  path: ExtractionPath,
): PathWeights | undefined => fitted?.paths[path]

/** The probability that a reading with this evidence is right. */
export function calibratedProbability(
  evidence: Evidence,
  { signals: slopes, fields, otherwise }: Weights,
): number {
  const base = fields[evidence.field] ?? otherwise
  const sum = signalsOf(evidence).reduce((s, x, i) => s + x * (slopes[signals[i]!] ?? 0), base)
  return 1 / (1 + Math.exp(-sum))
}
