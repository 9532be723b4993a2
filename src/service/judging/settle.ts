import type { DocumentType } from '../../core/document-type.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { specOf } from '../../core/field-spec.ts'
import type { Succeeded } from '../../core/judging.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { reconcile, type Weighed } from '../../routing/reconcile.ts'
import { acceptThresholds } from '../../scoring/scorer.ts'
import { weightsFor, type Calibration } from '../../trust/calibration.ts'
import { weigh } from '../../trust/weigh.ts'
import { gather, stageOfAttempts, type Reading } from './gather.ts'

/** A field as all attempts together have it. */
export interface Settled {
  readonly pointer: JsonPointer
  readonly chosen: Weighed
  readonly others: readonly Weighed[]
  /** From which probability on it is accepted unseen. */
  readonly least: number
  /** Whether the probability is of a calibration. */
  readonly isMeasured: boolean
}

function toWeighed(
  { attempt, field, evidence }: Reading,
  stage: string,
  calibration: Calibration | null,
): Weighed {
  const { path } = attempt
  const probability = field.value === null ? 0 : weigh(evidence, weightsFor(calibration, stage, path))
  return { path, field, probability, grounded: evidence.grounded }
}

/** Of every field the reading to take, by the evidence for each. */
export function settle(
  attempts: readonly [Succeeded, ...Succeeded[]],
  type: DocumentType,
  calibration: Calibration | null,
): readonly Settled[] {
  const stage = stageOfAttempts(attempts)
  const specs = fieldSpecsOf(type)
  const readings = [...gather(attempts, type)].map(
    ([pointer, list]) => [pointer, list.map((r) => toWeighed(r, stage, calibration))] as const,
  )
  return [...reconcile(new Map(readings), type.template)].map(([pointer, [chosen, ...others]]) => {
    const isMeasured = weightsFor(calibration, stage, chosen!.path) !== undefined
    const fixed = acceptThresholds[type.required.includes(pointer) ? 'required' : 'other']
    return {
      pointer,
      chosen: chosen!,
      others,
      isMeasured,
      least: isMeasured ? 1 - specOf(specs, pointer).targetError : fixed,
    }
  })
}

/** Nothing is as likely right as what the other path read there is wrong. */
export const certainty = ({ chosen, others }: Settled): number =>
  chosen.field.value === null
    ? 1 - Math.max(0, ...others.map(({ probability }) => probability))
    : chosen.probability
