import { usualBelief } from '../../amounts/belief.ts'
import type { DocumentType } from '../../core/document-type.ts'
import type { ExtractionPath, Field, JsonPointer } from '../../core/extraction.ts'
import { specOf } from '../../core/field-spec.ts'
import type { Succeeded } from '../../core/judging.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { fuseFields, type ScoredReading } from '../../routing/fuse-fields.ts'
import { acceptThresholds } from '../../scoring/scorer.ts'
import { stageIn, weightsFor, type Calibration, type CalibratedStage } from '../../trust/calibration.ts'
import type { Evidence } from '../../trust/evidence.ts'
import { estimateProbability } from '../../trust/estimate-probability.ts'
import { collectEvidence, stageOfAttempts } from './collect-evidence.ts'

/** A field after all attempts were put together: the reading that is taken, and the others. */
export interface FusedField {
  readonly pointer: JsonPointer
  readonly chosen: ScoredReading
  readonly others: readonly ScoredReading[]
  /** The least probability, 0 to 1, at which it is accepted unseen. */
  readonly least: number
  /** Whether a calibration computed the probability. */
  readonly isMeasured: boolean
}

/** A path's reading with the probability that its evidence gives it. */
export const toScoredReading = (
  path: ExtractionPath,
  field: Field,
  evidence: Evidence,
  fitted: CalibratedStage | undefined,
): ScoredReading => ({
  path,
  field,
  probability: estimateProbability({ evidence, isAbsent: field.value === null }, weightsFor(fitted, path)),
  grounded: evidence.grounded,
})

/** Takes one reading of every field, by the evidence for each. */
export function fuseAttempts(
  attempts: readonly [Succeeded, ...Succeeded[]],
  type: DocumentType,
  calibration: Calibration | null,
): readonly FusedField[] {
  const fitted = stageIn(calibration, stageOfAttempts(attempts))
  const specs = fieldSpecsOf(type)
  const readings = [...collectEvidence(attempts, type)].map(
    ([pointer, list]) =>
      [pointer, list.map((r) => toScoredReading(r.attempt.path, r.field, r.evidence, fitted))] as const,
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
