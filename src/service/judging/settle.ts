import { usualBelief } from '../../amounts/belief.ts'
import type { DocumentType } from '../../core/document-type.ts'
import type { ExtractionPath, Field, JsonPointer } from '../../core/extraction.ts'
import { specOf } from '../../core/field-spec.ts'
import type { Succeeded } from '../../core/judging.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { fuseFields, type Weighed } from '../../routing/fuse-fields.ts'
import { acceptThresholds } from '../../scoring/scorer.ts'
import { stageIn, weightsFor, type Calibration, type CalibratedStage } from '../../trust/calibration.ts'
import type { Evidence } from '../../trust/evidence.ts'
import { weigh } from '../../trust/weigh.ts'
import { gather, stageOfAttempts } from './gather.ts'

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

/** A path's reading with the probability that its evidence gives it. */
export const toWeighed = (
  path: ExtractionPath,
  field: Field,
  evidence: Evidence,
  fitted: CalibratedStage | undefined,
): Weighed => ({
  path,
  field,
  probability: weigh({ evidence, isAbsent: field.value === null }, weightsFor(fitted, path)),
  grounded: evidence.grounded,
})

/** Of every field the reading to take, by the evidence for each. */
export function settle(
  attempts: readonly [Succeeded, ...Succeeded[]],
  type: DocumentType,
  calibration: Calibration | null,
): readonly Settled[] {
  const fitted = stageIn(calibration, stageOfAttempts(attempts))
  const specs = fieldSpecsOf(type)
  const readings = [...gather(attempts, type)].map(
    ([pointer, list]) =>
      [pointer, list.map((r) => toWeighed(r.attempt.path, r.field, r.evidence, fitted))] as const,
  )
  const fused = fuseFields(new Map(readings), {
    specs,
    sums: type.template.sums ?? [],
    observations: attempts.map(({ extraction }) => extraction.observations ?? {}),
    belief: fitted?.belief ?? usualBelief,
  })
  return [...fused].map(([pointer, [chosen, ...others]]) => {
    const isMeasured = weightsFor(fitted, chosen!.path) !== undefined
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
