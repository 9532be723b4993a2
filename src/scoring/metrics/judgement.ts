import type { JsonPointer } from '../../core/extraction.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { getPointer } from '../../core/pointer.ts'
import { tallyRecords } from './items.ts'
import { prune } from './json-tree.ts'
import { isMissing, isSame } from '../../values/same.ts'
import { sumTallies, tallyOf, type Tally } from './tally.ts'
import { predictionAt, type Truth, type TruthField } from './truth.ts'

/** A document with a truth; the result is null when nobody extracted it. */
export interface TrueDocument {
  readonly result: ExtractionResult | null
  readonly truth: Truth
}

/** One field of one document, compared. */
export interface Judgement {
  readonly pointer: JsonPointer
  readonly inTruth: boolean
  readonly emitted: boolean
  readonly same: boolean
  readonly exact: boolean
  readonly confidence: number | null
}

export interface JudgedDocument extends TrueDocument {
  readonly judgements: readonly Judgement[]
  readonly lists: readonly Tally[]
}

/** `same`: normalised; `exact`: as written in the truth. */
export type Comparison = 'same' | 'exact'

const entries = <T>(record: Readonly<Record<JsonPointer, T>>) => Object.entries(record) as [JsonPointer, T][]

function judgeField({ result, truth }: TrueDocument, pointer: JsonPointer, field: TruthField): Judgement {
  const prediction = predictionAt(result, pointer)
  return {
    pointer,
    inTruth: !field.values.includes(null),
    emitted: !isMissing(prediction),
    same: field.values.some((value) => isSame(field.kind, prediction, value, field.orders)),
    exact: field.values.includes(truth.wording(prediction)),
    confidence: prediction.confidence,
  }
}

function tallyList({ result }: TrueDocument, pointer: JsonPointer, truth: readonly unknown[]): Tally {
  const predicted = prune(getPointer(result?.data, pointer), truth)
  return tallyRecords(Array.isArray(predicted) ? predicted : [], truth)
}

/** Compares every field and list that the truth knows. */
export const judge = (document: TrueDocument): JudgedDocument => ({
  ...document,
  judgements: entries(document.truth.fields).map(([pointer, field]) => judgeField(document, pointer, field)),
  lists: entries(document.truth.lists).map(([pointer, list]) => tallyList(document, pointer, list)),
})

/** What was right and wrong by one of the comparisons. */
export const tally = (judgements: readonly Judgement[], by: Comparison): Tally =>
  sumTallies(judgements.map((judgement) => tallyOf(judgement.inTruth, judgement.emitted, judgement[by])))
