import type { JsonPointer } from '../../core/extraction.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { anlsStar } from './anls-star.ts'
import { bootstrapF1, type Interval } from './bootstrap.ts'
import { brier, calibrationError } from './calibration.ts'
import { donutAccuracy, donutF1 } from './donut.ts'
import {
  judge,
  tally,
  type Comparison,
  type JudgedDocument,
  type Judgement,
  type TrueDocument,
} from './judgement.ts'
import { singleTruth, type Pair } from './single-truth.ts'
import { sroie, sroieStrings } from './sroie.ts'
import { rates, ratio, sumTallies, type Rates } from './tally.ts'

export interface FieldReport {
  /** Documents in which the field is printed. */
  readonly support: number
  readonly normalised: Rates
  readonly strict: Rates
}

/** `interval`: 95 %, over documents. */
export type MicroReport = Rates & { readonly interval: Interval | null }

/** Every rate is 0 to 1, and null where there was nothing to count. */
export interface Report {
  readonly documents: {
    /** With a truth; the counts below add up to it. */
    readonly total: number
    readonly accepted: number
    readonly needsReview: number
    readonly failed: number
    /** A truth, but no result: counted like a failed document. */
    readonly missingRows: number
  }
  readonly fields: Readonly<Record<JsonPointer, FieldReport>>
  readonly micro: { readonly normalised: MicroReport; readonly strict: MicroReport }
  readonly sroie: Rates
  readonly donut: { readonly accuracy: number | null; readonly f1: number | null }
  readonly anlsStar: number | null
  /** Cells of lists of records; null when no truth has a list. */
  readonly items: (Rates & { readonly support: number }) | null
  /** Share of documents with data, which the extractor has validated against its schema. */
  readonly schemaValid: number | null
  /** Values emitted where the truth says that nothing is printed. */
  readonly hallucination: { readonly emitted: number; readonly absent: number; readonly rate: number | null }
  /** Errors (normalised) among what was accepted without a look. */
  readonly accepted: {
    readonly share: number | null
    /** Documents with at least one wrong or missing value. */
    readonly documentError: number | null
    /** Wrong values among all values emitted. */
    readonly valueError: number | null
  }
  readonly calibration: {
    readonly values: number
    readonly brier: number | null
    readonly error: number | null
  }
}

const fieldReport = (judgements: readonly Judgement[]): FieldReport => ({
  support: judgements.filter(({ inTruth }) => inTruth).length,
  normalised: rates(tally(judgements, 'same')),
  strict: rates(tally(judgements, 'exact')),
})

function fieldReports(judgements: readonly Judgement[]): Record<JsonPointer, FieldReport> {
  const pointers = [...new Set(judgements.map(({ pointer }) => pointer))]
  return Object.fromEntries(
    pointers.map((pointer) => [
      pointer,
      fieldReport(judgements.filter((judgement) => judgement.pointer === pointer)),
    ]),
  )
}

function microReport(documents: readonly JudgedDocument[], by: Comparison): MicroReport {
  const tallies = documents.map(({ judgements }) => tally(judgements, by))
  return { ...rates(sumTallies(tallies)), interval: bootstrapF1(tallies) }
}

const mean = (values: readonly number[]): number | null =>
  ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  )

const donutReport = (pairs: readonly Pair[]): Report['donut'] => ({
  accuracy: mean(pairs.map(({ predicted, truth }) => donutAccuracy(predicted, truth))),
  f1: donutF1(pairs),
})

function itemsReport(documents: readonly JudgedDocument[]): Report['items'] {
  const tallies = documents.flatMap(({ lists }) => lists)
  const { tp, fp, fn } = sumTallies(tallies)
  return tallies.length === 0 ? null : { ...rates({ tp, fp, fn }), support: tp + fn }
}

function hallucinationReport(judgements: readonly Judgement[]): Report['hallucination'] {
  const absent = judgements.filter(({ inTruth }) => !inTruth)
  const emitted = absent.filter((judgement) => judgement.emitted).length
  return { emitted, absent: absent.length, rate: ratio(emitted, absent.length) }
}

function acceptedReport(documents: readonly JudgedDocument[]): Report['accepted'] {
  const accepted = documents
    .filter(({ result }) => result?.verdict === 'accepted')
    .map(({ judgements }) => tally(judgements, 'same'))
  const { tp, fp } = sumTallies(accepted)
  return {
    share: ratio(accepted.length, documents.length),
    documentError: ratio(accepted.filter(({ fp, fn }) => fp + fn > 0).length, accepted.length),
    valueError: ratio(fp, tp + fp),
  }
}

function calibrationReport(judgements: readonly Judgement[]): Report['calibration'] {
  const predictions = judgements
    .filter(({ emitted }) => emitted)
    .flatMap(({ confidence, inTruth, same }) =>
      confidence === null ? [] : { confidence, right: inTruth && same },
    )
  return { values: predictions.length, brier: brier(predictions), error: calibrationError(predictions) }
}

const withVerdict = (documents: readonly TrueDocument[], verdict: ExtractionResult['verdict']): number =>
  documents.filter(({ result }) => result?.verdict === verdict).length

/** A failed document has no answer, whatever its result may carry. */
const withoutFailedData = ({ result, truth }: TrueDocument): TrueDocument =>
  result?.verdict === 'failed' ? { result: { ...result, data: null, fields: {} }, truth } : { result, truth }

/** Compares documents with their truths. Fields that a truth does not have are left out of everything for it. */
export function buildReport(compared: readonly TrueDocument[]): Report {
  const documents = compared.map(withoutFailedData)
  const judged = documents.map(judge)
  const pairs = documents.map(singleTruth)
  const judgements = judged.flatMap((document) => document.judgements)
  return {
    documents: {
      total: documents.length,
      accepted: withVerdict(documents, 'accepted'),
      needsReview: withVerdict(documents, 'needs_review'),
      failed: withVerdict(documents, 'failed'),
      missingRows: documents.filter(({ result }) => result === null).length,
    },
    fields: fieldReports(judgements),
    micro: { normalised: microReport(judged, 'same'), strict: microReport(judged, 'exact') },
    sroie: sroie(pairs.map(sroieStrings)),
    donut: donutReport(pairs),
    anlsStar: mean(documents.map(({ result, truth }) => anlsStar(truth.tree, truth.predictedTree(result)))),
    items: itemsReport(judged),
    schemaValid: ratio(
      documents.filter(({ result }) => (result?.data ?? null) !== null).length,
      documents.length,
    ),
    hallucination: hallucinationReport(judgements),
    accepted: acceptedReport(judged),
    calibration: calibrationReport(judgements),
  }
}
