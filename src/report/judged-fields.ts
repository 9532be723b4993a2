import type { ExtractionPath, Scalar } from '../core/extraction.ts'
import type { ExtractionResult, ResultField } from '../core/extraction-result.ts'
import type { Prediction } from '../scoring/metrics/calibration.ts'
import { judge, type Judgement } from '../scoring/metrics/judgement.ts'
import type { Truth, TruthField } from '../scoring/metrics/truth.ts'
import { isMissing, isSame } from '../values/same.ts'

export interface Pair {
  readonly result: ExtractionResult
  readonly truth: Truth
}

/** A field that a truth knows, compared, and what stands in the result for it. */
export interface Judged extends Pair {
  readonly judgement: Judgement
  readonly field: ResultField | null
  readonly right: boolean
}

/** Every field of every document that a truth knows; cells of lists are none. A failed document has no answer. */
export const judgedFields = (paired: readonly Pair[]): readonly Judged[] =>
  paired.flatMap(({ result, truth }) => {
    const answer = result.verdict === 'failed' ? null : result
    return judge({ result: answer, truth }).judgements.map((judgement) => ({
      result,
      truth,
      judgement,
      field: answer?.fields[judgement.pointer] ?? null,
      right: judgement.inTruth && judgement.emitted && judgement.same,
    }))
  })

/** The values that are there, each with its confidence. */
export const predictionsOf = (judged: readonly Judged[]): readonly Prediction[] =>
  judged.flatMap(({ judgement: { emitted, confidence }, right }) =>
    emitted && confidence !== null ? [{ confidence, right }] : [],
  )

export interface Reading {
  readonly value: Scalar
  readonly text: string | null
  readonly confidence: number
}

/** What a path read of a field, whether it was taken or not; null where the path has not read it. */
const readingOf = (field: ResultField, path: ExtractionPath): Reading | null =>
  field.path === path ? field : (field.alternatives.find((a) => a.path === path) ?? null)

/** Whether a reading is one of the values that the truth lets count; where nothing is printed, none is. */
const isRight = (reading: Reading, { kind, values, orders }: TruthField): boolean =>
  !isMissing(reading) && values.some((value) => value !== null && isSame(kind, reading, value, orders))

const knownOf = ({ truth, judgement }: Judged): TruthField => truth.fields[judgement.pointer]!

/** The values of one path alone, taken or not. */
export const pathPredictions = (judged: readonly Judged[], path: ExtractionPath): readonly Prediction[] =>
  judged.flatMap((one) => {
    const reading = one.field && readingOf(one.field, path)
    if (!reading || isMissing(reading)) return []
    return [{ confidence: reading.confidence, right: isRight(reading, knownOf(one)) }]
  })

/** Whether each path has a printed field right, where both have read it; else null. */
export function pathsRight(one: Judged): Readonly<Record<'direct' | 'modular', boolean>> | null {
  const direct = one.field && readingOf(one.field, 'direct')
  const modular = one.field && readingOf(one.field, 'modular')
  if (!direct || !modular || !one.judgement.inTruth) return null
  return { direct: isRight(direct, knownOf(one)), modular: isRight(modular, knownOf(one)) }
}
