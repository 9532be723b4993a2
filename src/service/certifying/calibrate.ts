import pMap from 'p-map'
import { usualBelief, type Belief } from '../../amounts/belief.ts'
import type { TypeRef } from '../../core/jobs.ts'
import type { Attempt } from '../../core/judging.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { fuseFields, type Readings, type ScoredReading } from '../../routing/fuse-fields.ts'
import type { Truth, TruthField } from '../../scoring/metrics/truth.ts'
import type { Calibration, CalibratedStage, PathWeights } from '../../trust/calibration.ts'
import { fitBelief } from '../../trust/fit-belief.ts'
import { fitWeights, type Labelled } from '../../trust/fit.ts'
import { isMissing, isSame, type Prediction } from '../../values/same.ts'
import { attemptPath, type Reader } from '../reading/read-document.ts'
import { readInput } from '../files/intake.ts'
import {
  documentEvidenceSchema,
  type DocumentEvidence,
  type StageEvidence,
} from '../judging/collect-evidence-in-child.ts'
import { toScoredReading } from '../judging/fuse-attempts.ts'

/** A document whose truth is known, and which neither the engines nor anything chosen by hand was made from. */
export interface LabelledFile {
  readonly file: string
  readonly truth: Truth
  /** What documents that are much alike have in common, such as their merchant: together they count as one. */
  readonly group: string
}

/**
 * What a document shares with those that are much alike: the letters and digits of a value of its truth. Without a field, or a
 * text there, it stands for itself, by its file.
 */
export function groupOf(file: string, { fields }: Truth, by: JsonPointer | undefined): string {
  const [value] = (by && fields[by]?.values) ?? []
  return typeof value === 'string' ? value.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '') : file
}

/** What was read of a labelled document. */
export interface LabelledReading {
  readonly evidence: DocumentEvidence
  readonly truth: Truth
  readonly weight: number
}

/** One stage of a labelled document. */
interface LabelledStage extends LabelledReading {
  readonly own: StageEvidence
}

/** Fewer readings than these, or none wrong, tell nothing. */
const fewestValues = 30

/** Whether a reading is right; a document where nothing is printed has null for its truth. */
function isRight(reading: Prediction, { values, kind, orders }: TruthField): boolean {
  if (isMissing(reading)) return values.every((value) => value === null)
  return values.some((value) => value !== null && isSame(kind, reading, value, orders))
}

/** The readings of fields whose truth is known, apart into values and those that say that nothing is there. */
const labelledIn = (stages: readonly LabelledStage[], saysAbsent: boolean): readonly Labelled[] =>
  stages.flatMap(({ own, truth, weight }) =>
    own.readings.flatMap(({ pointer, field, evidence }) => {
      const known = truth.fields[pointer]
      if (!known || isMissing(field) !== saysAbsent) return []
      return [{ evidence, right: isRight(field, known), weight }]
    }),
  )

const isTelling = (labelled: readonly Labelled[]): boolean =>
  labelled.length >= fewestValues && labelled.some((s) => s.right) && labelled.some((s) => !s.right)

function pathsOf(stages: readonly LabelledStage[]): CalibratedStage['paths'] {
  const [read, absent] = [labelledIn(stages, false), labelledIn(stages, true)]
  const paths = [...new Set(read.map(({ evidence }) => evidence.path))]
  const fitted = paths.flatMap((path): [typeof path, PathWeights][] => {
    const own = (all: readonly Labelled[]) => all.filter(({ evidence }) => evidence.path === path)
    if (!isTelling(own(read))) return []
    const nothing = own(absent)
    return [
      [path, { read: fitWeights(own(read)), ...(isTelling(nothing) && { absent: fitWeights(nothing) }) }],
    ]
  })
  return Object.fromEntries(fitted)
}

function scoredReadingsIn({ own }: LabelledStage, fitted: CalibratedStage): Readings {
  const readings = new Map<JsonPointer, ScoredReading[]>()
  for (const { pointer, field, evidence } of own.readings) {
    const known = readings.get(pointer) ?? []
    known.push(toScoredReading(evidence.path, field, evidence, fitted))
    readings.set(pointer, known)
  }
  return readings
}

const leastProbability = 1e-4

/** How likely the fused readings of a field make its truth; where nobody read it, what they leave for other values. */
function probabilityOf(readings: readonly ScoredReading[], known: TruthField): number {
  const right = readings.filter(({ field }) => isRight(field, known))
  if (right.length > 0) return Math.max(leastProbability, right[0]!.probability)
  const values = new Map(readings.map(({ field, probability }) => [field.value, probability]))
  return Math.max(leastProbability, 1 - [...values.values()].reduce((a, b) => a + b, 0))
}

/** The logarithm of the probability that a belief gives to the true amounts of labelled documents. */
function likelihoodOf(stages: readonly LabelledStage[], fitted: CalibratedStage): (belief: Belief) => number {
  const prepared = stages
    .filter(({ evidence }) => evidence.sums.length > 0)
    .map((stage) => ({ stage, readings: scoredReadingsIn(stage, fitted) }))
  return (belief) =>
    prepared.reduce((sum, { stage: { evidence, own, truth, weight }, readings }) => {
      const { specs, sums } = evidence
      const fused = fuseFields(readings, { specs, sums, observations: own.observations, belief })
      const fields = sums.flatMap((s) => [s.total, s.first, ...s.parts].map(({ field }) => field))
      return fields.reduce((log, field) => {
        const [known, judged] = [truth.fields[field], fused.get(field)]
        return known && judged ? log + weight * Math.log(probabilityOf(judged, known)) : log
      }, sum)
    }, 0)
}

/** The engines, with their revisions, that all documents of a stage were read by. */
function enginesOf(stages: readonly LabelledStage[]): Readonly<Record<string, string>> {
  const [first, ...others] = stages.map(({ own }) => own.stage.engines)
  const shared = Object.entries(first ?? {}).filter(([name, revision]) =>
    others.every((engines) => engines[name] === revision),
  )
  return Object.fromEntries(shared)
}

function fitStage(stages: readonly LabelledStage[]): CalibratedStage {
  const fitted: CalibratedStage = { engines: { ...enginesOf(stages) }, paths: pathsOf(stages) }
  const hasSums = stages.some(({ evidence }) => evidence.sums.length > 0)
  if (!hasSums || Object.keys(fitted.paths).length === 0) return fitted
  return { ...fitted, belief: fitBelief(likelihoodOf(stages, { ...fitted, belief: usualBelief })) }
}

/** Fits what the evidence of labelled documents is worth, stage by stage. */
export function fitCalibration(
  { name, file, hash }: TypeRef,
  documents: readonly LabelledReading[],
): Calibration {
  const all = documents.flatMap((one) => one.evidence.stages.map((own): LabelledStage => ({ ...one, own })))
  const names = [...new Set(all.map(({ own }) => own.stage.name))].sort()
  return {
    version: 2,
    documentType: name,
    typeHash: file === null ? null : hash,
    documents: documents.length,
    stages: Object.fromEntries(
      names.map((stage) => [stage, fitStage(all.filter(({ own }) => own.stage.name === stage))]),
    ),
  }
}

/** What both paths read of a document, collected by a child. */
async function evidenceOf(reader: Reader, type: TypeRef, file: string): Promise<DocumentEvidence> {
  const bytes = await readInput(file)
  const attempts: Attempt[] = []
  for (const path of ['direct', 'modular'] as const)
    attempts.push(await attemptPath({ ...reader, split: 'never' }, bytes, type, 'auto', path))
  const request = { type, attempts, templates: [...(reader.templates ?? [])] }
  return documentEvidenceSchema.parse(await reader.run('collectEvidence', request))
}

/** Reads every document by each path and by both, `concurrency` at a time. */
export async function readLabelled(
  reader: Reader,
  type: TypeRef,
  files: readonly LabelledFile[],
  concurrency: number,
): Promise<readonly LabelledReading[]> {
  const sizes = new Map<string, number>()
  for (const { group } of files) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const read = async ({ file, truth, group }: LabelledFile): Promise<LabelledReading> => ({
    evidence: await evidenceOf(reader, type, file),
    truth,
    weight: 1 / sizes.get(group)!,
  })
  return pMap(files, read, { concurrency })
}
