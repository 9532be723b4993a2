import type { DocumentType } from '../../core/document-type.ts'
import type { Fields, JsonPointer, Scalar, Violation } from '../../core/extraction.ts'
import { isCostly, specOf } from '../../core/field-spec.ts'
import type { Consensus, Succeeded } from '../../core/judging.ts'
import { setPointer } from '../../core/pointer.ts'
import type { Flag, RowField } from '../../core/row.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { validate } from '../../extractors/validate.ts'
import { reconcile, type Weighed } from '../../routing/reconcile.ts'
import { uncalibrated } from '../../routing/uncalibrated.ts'
import {
  acceptThresholds,
  brokenRules,
  concerns,
  doubt,
  label,
  leastCertain,
  missing,
} from '../../scoring/scorer.ts'
import { asking } from '../../trust/asking.ts'
import { weightsFor, type Calibration } from '../../trust/calibration.ts'
import { urgency } from '../../trust/urgency.ts'
import { weigh } from '../../trust/weigh.ts'
import { isSameBy } from '../../values/same.ts'
import { baseOf, gather, stageOfAttempts, type Reading } from './gather.ts'

/** A field as all attempts together have it. */
interface Settled {
  readonly pointer: JsonPointer
  readonly chosen: Weighed
  readonly others: readonly Weighed[]
  /** From which probability on it is accepted unseen. */
  readonly least: number
  /** Whether the probability is of a calibration. */
  readonly isMeasured: boolean
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

function toWeighed(
  { attempt, field, evidence }: Reading,
  stage: string,
  calibration: Calibration | null,
): Weighed {
  const { path } = attempt
  const probability = field.value === null ? 0 : weigh(evidence, weightsFor(calibration, stage, path))
  return { path, field, probability, grounded: evidence.grounded }
}

function settle(
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

const toRowField = ({ chosen, others }: Settled): RowField => ({
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

const shown = (value: Scalar): string => (value === null ? 'nothing' : `"${value}"`)

const readBy = ({ path, field }: Weighed): string => `the ${path} path read ${shown(field.value)}`

/** Nothing is as likely right as what the other path read there is wrong. */
const certainty = ({ chosen, others }: Settled): number =>
  chosen.field.value === null
    ? 1 - Math.max(0, ...others.map(({ probability }) => probability))
    : chosen.probability

/** Why a value that is not sure enough is not: the paths differ, or it is uncertain. */
function doubtsOf(settled: readonly Settled[], type: DocumentType): readonly Flag[] {
  const specs = fieldSpecsOf(type)
  return settled.flatMap((one): readonly Flag[] => {
    const { pointer, chosen, others, least } = one
    const { value } = chosen.field
    if (certainty(one) >= least) return []
    const differing = others.find(
      ({ field }) => field.value !== value && !isSameBy(specOf(specs, pointer), chosen.field, field.value),
    )
    if (!differing) return [doubt(pointer, value, chosen.probability)]
    const message = `${pointer}: ${readBy(chosen)}, ${readBy(differing)}.`
    return [{ code: 'PATHS_DIFFER', field: pointer, message }]
  })
}

/**
 * Whether a value that was found nowhere may pass for all that: what it costs is not much, and the calibration, which has
 * weighed this too, is sure of it.
 */
function mayBeUnseen(field: JsonPointer, settled: readonly Settled[], type: DocumentType): boolean {
  const one = settled.find(({ pointer }) => pointer === field)
  const { risk } = specOf(fieldSpecsOf(type), field)
  return one !== undefined && one.isMeasured && risk !== 'high' && certainty(one) >= one.least
}

const groundless = (settled: readonly Settled[]): readonly Flag[] =>
  settled.flatMap(({ pointer, chosen }) => {
    if (chosen.grounded !== false) return []
    const message = `The ${label(pointer)} "${chosen.field.value}" was found by no other reader.`
    return [{ code: 'UNGROUNDED', field: pointer, message }]
  })

/** Objections to values that were taken, and to the attempt whose lists were; what all attempts say of the whole. */
function standing(attempts: readonly Succeeded[], settled: readonly Settled[]): readonly Violation[] {
  const base = baseOf(attempts)
  const takenFrom = (attempt: Succeeded, violation: Violation): boolean => {
    const about = settled.filter(({ pointer }) => concerns(violation, pointer))
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

/** Of what asks for a look, by what a mistake there costs. */
function urgencyOf(row: Pick<Consensus, 'fields' | 'flags'>, type: DocumentType): number {
  const specs = fieldSpecsOf(type)
  const asked = asking({ fields: row.fields, flags: [...row.flags] })
  return urgency(asked.map(({ field, confidence }) => ({ confidence, risk: specOf(specs, field).risk })))
}

interface Whole {
  readonly data: unknown
  readonly violations: readonly Violation[]
}

/** The data with the values that were taken; as the base has it where none is another's. */
function wholeOf(settled: readonly Settled[], { path, extraction }: Succeeded, type: DocumentType): Whole {
  const taken = settled.filter(({ chosen }) => chosen.path !== path)
  const changed = taken.filter(
    ({ pointer, chosen }) => chosen.field.value !== (extraction.fields[pointer]?.value ?? null),
  )
  if (changed.length === 0) return { data: extraction.data, violations: [] }
  const data = structuredClone(extraction.data) as Record<string, unknown>
  for (const { pointer, chosen } of changed) setPointer(data, pointer, chosen.field.value)
  return validate(data, type)
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
  const settled = settle(attempts, type, calibration)
  const { data, violations } = wholeOf(settled, baseOf(attempts), type)
  const rowFields = Object.fromEntries(settled.map((s) => [s.pointer, toRowField(s)])) as Consensus['fields']
  const judged = {
    data,
    fields: rowFields as Fields,
    violations: [...standing(attempts, settled), ...violations],
  }
  const scores = Object.fromEntries(settled.map((s) => [s.pointer, s.chosen.probability])) as Record<
    JsonPointer,
    number
  >
  const flags = once([
    ...judged.violations,
    ...brokenRules(type, judged),
    ...missing(type, judged),
    ...doubtsOf(settled, type),
    ...groundless(settled),
  ])
  const stops = ({ code, field }: Flag): boolean =>
    field === null ||
    (isCostly(fieldSpecsOf(type), field) && !(code === 'UNGROUNDED' && mayBeUnseen(field, settled, type)))
  const objections = flags.filter(stops)
  const minor = flags.filter((flag) => !objections.includes(flag))
  return {
    data,
    fields: rowFields,
    flags: [...objections, ...minor, ...(settled.every((one) => one.isMeasured) ? [] : [uncalibrated])],
    objections,
    score: leastCertain(type, judged.fields, scores),
    urgency: urgencyOf({ fields: rowFields, flags }, type),
  }
}
