import type { DocumentType } from '../../core/document-type.ts'
import type { JsonPointer, Scalar } from '../../core/extraction.ts'
import { isCostly, specOf } from '../../core/field-spec.ts'
import type { Flag } from '../../core/extraction-result.ts'
import { label } from '../../core/pointer.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import type { ScoredReading } from '../../routing/fuse-fields.ts'
import { lowConfidenceFlag } from '../../scoring/scorer.ts'
import { isSameBy } from '../../values/same.ts'
import type { FusedField } from './fuse-attempts.ts'

const shown = (value: Scalar): string => (value === null ? 'nothing' : `"${value}"`)

const heading = (field: JsonPointer): string => {
  const words = label(field)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const readBy = ({ path, field }: ScoredReading): string => `the ${path} path read ${shown(field.value)}`

/** Flags values whose probability is too low: the paths read different values, or the one that was taken is uncertain. */
export function flagsOfUncertain(fused: readonly FusedField[], type: DocumentType): readonly Flag[] {
  const specs = fieldSpecsOf(type)
  return fused.flatMap(({ pointer, chosen, others, least }): readonly Flag[] => {
    const { value } = chosen.field
    const isUnread = value === null && others.every(({ field }) => field.value === null)
    if (isUnread || chosen.probability >= least) return []
    const differing = others.find(
      ({ field }) => field.value !== value && !isSameBy(specOf(specs, pointer), chosen.field, field.value),
    )
    if (!differing) return [lowConfidenceFlag(pointer, value, chosen.probability)]
    const message = `${heading(pointer)}: ${readBy(chosen)}, ${readBy(differing)}.`
    return [{ code: 'PATHS_DIFFER', field: pointer, message }]
  })
}

/**
 * Whether an ungrounded value may be accepted all the same: its risk is not high, and its calibrated probability, which
 * takes that into account, is high enough.
 */
function mayBeUngrounded(field: JsonPointer, fused: readonly FusedField[], type: DocumentType): boolean {
  const one = fused.find(({ pointer }) => pointer === field)
  const { risk } = specOf(fieldSpecsOf(type), field)
  return one !== undefined && one.isMeasured && risk !== 'high' && one.chosen.probability >= one.least
}

/** Flags values that the cross-check did not find on the page. */
export const flagsOfUngrounded = (fused: readonly FusedField[]): readonly Flag[] =>
  fused.flatMap(({ pointer, chosen }) => {
    if (chosen.grounded !== false) return []
    const message = `The ${label(pointer)} "${chosen.field.value}" was found by no other reader.`
    return [{ code: 'UNGROUNDED', field: pointer, message }]
  })

/** Whether a flag keeps a document from being accepted: it is about the whole, or about a field where a mistake costs something. */
export function blocksAcceptance(
  { code, field }: Flag,
  fused: readonly FusedField[],
  type: DocumentType,
): boolean {
  if (field === null) return true
  const mayPass = code === 'UNGROUNDED' && mayBeUngrounded(field, fused, type)
  return isCostly(fieldSpecsOf(type), field) && !mayPass
}
