import type { DocumentType } from '../../core/document-type.ts'
import type { Fields, JsonPointer, Violation } from '../../core/extraction.ts'
import { specOf } from '../../core/field-spec.ts'
import type { Consensus, Succeeded } from '../../core/judging.ts'
import { setPointer } from '../../core/pointer.ts'
import type { Flag, ResultField } from '../../core/extraction-result.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { validate } from '../../extractors/validate.ts'
import { uncalibrated } from '../../routing/uncalibrated.ts'
import { brokenRules, concerns, leastCertain, missing } from '../../scoring/scorer.ts'
import { fieldsToReview } from '../../trust/fields-to-review.ts'
import { changedSince, type Calibration } from '../../trust/calibration.ts'
import { reviewPriority } from '../../trust/review-priority.ts'
import { flagsOfEmptyLists } from './empty-lists.ts'
import { flagsOfUncertain, flagsOfUngrounded, blocksAcceptance } from './flags.ts'
import { baseOf, stageOfAttempts } from './collect-evidence.ts'
import { fuseAttempts, type FusedField } from './fuse-attempts.ts'

const rounded = (value: number): number => Math.round(value * 1000) / 1000

const toResultField = ({ chosen, others }: FusedField): ResultField => ({
  ...chosen.field,
  confidence: rounded(chosen.probability),
  certified: false,
  path: chosen.path,
  grounded: chosen.grounded,
  alternatives: others.map(({ path, field, probability }) => ({
    path,
    value: field.value,
    text: field.text,
    confidence: rounded(probability),
  })),
})

/** The violations that still hold: those of values that were taken, of the attempt whose lists were, and of the whole document. */
function standing(
  attempts: readonly Succeeded[],
  fused: readonly FusedField[],
  base: Succeeded,
): readonly Violation[] {
  const takenFrom = (attempt: Succeeded, violation: Violation): boolean => {
    const about = fused.filter(({ pointer }) => concerns(violation, pointer))
    if (about.length === 0) return attempt === base
    return about.some(({ chosen }) => chosen.path === attempt.path)
  }
  const isShared = ({ code }: Violation): boolean =>
    attempts.every(({ extraction }) => extraction.violations.some((v) => v.code === code && v.field === null))
  return attempts.flatMap((attempt) =>
    attempt.extraction.violations.filter((violation) => {
      if (violation.field !== null) return takenFrom(attempt, violation)
      return violation.code === 'E_NO_TEXT' ? isShared(violation) : true
    }),
  )
}

const once = (flags: readonly Flag[]): readonly Flag[] =>
  flags.filter((flag, i) => flags.findIndex((f) => f.code === flag.code && f.field === flag.field) === i)

/** The review priority of a document, by its fields to review and what a mistake in each costs. */
function reviewPriorityOf(row: Pick<Consensus, 'fields' | 'flags'>, type: DocumentType): number {
  const specs = fieldSpecsOf(type)
  const asked = fieldsToReview({ fields: row.fields, flags: [...row.flags] })
  return reviewPriority(
    asked.map(({ field, confidence }) => ({ confidence, risk: specOf(specs, field).risk })),
  )
}

interface Whole {
  readonly data: unknown
  readonly violations: readonly Violation[]
}

/** The data with the values that were taken: that of the base attempt, with the values that others gave written in. */
function wholeOf(fused: readonly FusedField[], { extraction }: Succeeded, type: DocumentType): Whole {
  const changed = fused.filter(
    ({ pointer, chosen }) => chosen.field.value !== (extraction.fields[pointer]?.value ?? null),
  )
  if (changed.length === 0) return { data: extraction.data, violations: [] }
  const data = structuredClone(extraction.data) as Record<string, unknown>
  for (const { pointer, chosen } of changed) setPointer(data, pointer, chosen.field.value)
  return validate(data, type)
}

function unmeasuredFlag(
  attempts: readonly Succeeded[],
  { name }: DocumentType,
  calibration: Calibration | null,
): Flag {
  const stage = stageOfAttempts(attempts)
  const fitted = calibration?.stages[stage.name]
  return uncalibrated(name, fitted ? changedSince(fitted, stage) : [])
}

/**
 * What all attempts together say: of each field the reading to take, with the probability that it is right, what the
 * other path read, and every reason to doubt it. E_SCHEMA_MISMATCH when the values taken do not make valid data.
 */
export function judge(
  attempts: readonly [Succeeded, ...Succeeded[]],
  type: DocumentType,
  calibration: Calibration | null,
): Consensus {
  const fused = fuseAttempts(attempts, type, calibration)
  const base = baseOf(attempts, type)
  const { data, violations } = wholeOf(fused, base, type)
  const rowFields = Object.fromEntries(fused.map((s) => [s.pointer, toResultField(s)])) as Consensus['fields']
  const judged = {
    data,
    fields: rowFields as Fields,
    violations: [...standing(attempts, fused, base), ...violations],
  }
  const scores = Object.fromEntries(fused.map((s) => [s.pointer, s.chosen.probability])) as Record<
    JsonPointer,
    number
  >
  const flags = once([
    ...judged.violations,
    ...brokenRules(type, judged),
    ...missing(type, judged),
    ...flagsOfUncertain(fused, type),
    ...flagsOfUngrounded(fused),
    ...flagsOfEmptyLists(attempts, type, data),
  ])
  const unmeasured = fused.every((one) => one.isMeasured || one.chosen.path === 'embedded')
    ? []
    : [unmeasuredFlag(attempts, type, calibration)]
  const objections = [...flags.filter((flag) => blocksAcceptance(flag, fused, type)), ...unmeasured]
  const minor = flags.filter((flag) => !objections.includes(flag))
  return {
    data,
    fields: rowFields,
    flags: [...objections, ...minor],
    objections,
    score: leastCertain(type, judged.fields, scores),
    reviewPriority: reviewPriorityOf({ fields: rowFields, flags }, type),
  }
}
