import type { DocumentType } from '../../core/document-type.ts'
import type { Field, JsonPointer, SeenWord, Violation } from '../../core/extraction.ts'
import { patternOf, specOf, type FieldSpecs } from '../../core/field-spec.ts'
import type { Succeeded } from '../../core/judging.ts'
import { textLayer } from '../../extractors/layer.ts'
import { fieldSpecsOf } from '../../document-types/field-specs.ts'
import { alignment } from '../../routing/align.ts'
import { brokenRules, concerns } from '../../scoring/scorer.ts'
import { stageName, type Stage } from '../../trust/calibration.ts'
import type { Agreement, Evidence } from '../../trust/evidence.ts'
import { isGrounded } from '../../trust/ground.ts'
import { isSameBy } from '../../values/same.ts'

/** A path's reading of a field and what speaks for and against it. */
export interface Reading {
  readonly attempt: Succeeded
  readonly field: Field
  readonly evidence: Evidence
}

/** Rules are no model: they change with the program, whose revision is part of a result's key, not of a calibration. */
const isModel = (name: string): boolean => name !== 'rules'

/** The parts of an engine that consists of several, such as `tagger+rules`, with their revisions. */
const partsOf = ([name, revision]: readonly [string, string]): readonly (readonly [string, string])[] => {
  const [names, revisions] = [name.split('+'), revision.split('+')]
  if (names.length !== revisions.length) return [[name, revision]]
  return names.map((part, i) => [part, revisions[i]!])
}

/** The text of a file is at least as right as what an engine reads of it: a calibration for the engine speaks about it too. */
const isReader = (name: string): boolean => name !== textLayer.name

/** The stage of these attempts: named by the OCR engine or model of each, with the revision of every model. */
export function stageOfAttempts(attempts: readonly Succeeded[]): Stage {
  const producers = attempts.map(({ extraction }) => Object.entries(extraction.producedBy))
  return {
    name: stageName(producers.map((all) => all.find(([name]) => isReader(name))?.[0] ?? '')),
    engines: Object.fromEntries(
      producers
        .flat()
        .flatMap(partsOf)
        .filter(([name]) => isModel(name)),
    ),
  }
}

/** An attempt with its fields where they stand in the data that all attempts share. */
interface View {
  readonly attempt: Succeeded
  readonly fields: ReadonlyMap<JsonPointer, Field>
  readonly violations: readonly Violation[]
  /** Amounts of lines that a sum of the attempt confirms. */
  readonly confirmed: ReadonlySet<JsonPointer>
}

/** In logits, assumed: what speaks for a list whose amounts make a sum of the document, and against one whose records lack them. */
const addsUp = 3
const lacking = 6

const logit = (p: number): number => Math.log(Math.max(0.01, p) / Math.max(0.01, 1 - p))

/** The share of records in an attempt's lists without an amount, 0 to 1. */
function shareWithoutNumber({ extraction }: Succeeded, type: DocumentType): number {
  const amounts = (type.template.sums ?? []).flatMap(({ lines }) => (lines ? [lines] : []))
  const cells = amounts.flatMap(({ records, amount }) =>
    Object.entries(extraction.fields).filter(
      ([p]) => p.startsWith(`${records}/`) && p.endsWith(`/${amount}`),
    ),
  )
  return cells.length === 0 ? 0 : cells.filter(([, { value }]) => value === null).length / cells.length
}

/**
 * How likely the lists of an attempt are right and whole, in logits up to a constant: by the mean confidence of their values, how many there
 * are, whether they add up, and whether records are complete; 0 for no values at all.
 */
function oddsOfLists(attempt: Succeeded, type: DocumentType): number {
  const { extraction, score } = attempt
  const cells = (Object.entries(score.fields) as [JsonPointer, number][]).filter(
    ([pointer]) => /\/\d+(\/|$)/.test(pointer) && (extraction.fields[pointer]?.value ?? null) !== null,
  )
  if (cells.length === 0) return 0
  const mean = cells.reduce((sum, [, confidence]) => sum + confidence, 0) / cells.length
  const isConfirmed = (type.template.confirms?.(extraction.fields) ?? []).length > 0
  return (
    logit(mean) +
    Math.log(1 + cells.length) +
    (isConfirmed ? addsUp : 0) -
    lacking * shareWithoutNumber(attempt, type)
  )
}

/** The attempt whose lists are taken, and with whose records those of the others are paired: the one whose lists are likeliest right. */
export function baseOf(attempts: readonly Succeeded[], type: DocumentType): Succeeded {
  const odds = new Map(attempts.map((one) => [one, oddsOfLists(one, type)]))
  return [...attempts].sort((a, b) => odds.get(b)! - odds.get(a)! || b.score.value - a.score.value)[0]!
}

function viewOf(attempt: Succeeded, base: Succeeded, type: DocumentType, specs: FieldSpecs): View {
  const { extraction } = attempt
  const places = alignment(extraction.fields, base.extraction.fields, specs)
  const violations = [...extraction.violations, ...brokenRules(type, extraction)]
  const confirmed = type.template.confirms?.(extraction.fields) ?? []
  return {
    attempt,
    confirmed: new Set(confirmed.flatMap((p) => places.get(p) ?? [])),
    fields: new Map([...places].map(([own, shared]) => [shared, extraction.fields[own]!])),
    violations: violations.map((v) => ({ ...v, field: v.field && (places.get(v.field) ?? v.field) })),
  }
}

/** What readers that had no part in an attempt read of the page; null where there was none. */
function othersWords({ extraction }: Succeeded, others: readonly View[]): readonly SeenWord[] | null {
  const words = others.flatMap(({ attempt }) => attempt.extraction.words)
  return words.length > 0 ? words : (extraction.crossCheck?.words ?? null)
}

function agreementOf(
  field: Field,
  other: Field | undefined,
  pointer: JsonPointer,
  specs: FieldSpecs,
): Agreement {
  if (!other || other.value === null) return 'absent'
  return isSameBy(specOf(specs, pointer), field, other.value) ? 'same' : 'differs'
}

function evidenceOf(
  pointer: JsonPointer,
  view: View,
  others: readonly View[],
  words: readonly SeenWord[] | null,
  specs: FieldSpecs,
): Evidence {
  const field = view.fields.get(pointer)!
  const [other] = others
  const opposite = other?.fields.get(pointer)
  return {
    path: view.attempt.path,
    field: patternOf(pointer),
    confidence: field.confidence,
    agreement: other ? agreementOf(field, opposite, pointer, specs) : 'alone',
    otherConfidence: opposite && opposite.value !== null ? opposite.confidence : 0,
    grounded: words && field.value !== null ? isGrounded(field, specOf(specs, pointer), words) : null,
    confirmed: view.confirmed.has(pointer),
    violated: view.violations.some((v) => concerns(v, pointer)),
    sharpness: view.attempt.extraction.sharpness,
  }
}

/** Every field that any attempt looked for, with all readings of it and the evidence for each. */
export function collectEvidence(
  attempts: readonly [Succeeded, ...Succeeded[]],
  type: DocumentType,
): ReadonlyMap<JsonPointer, readonly Reading[]> {
  const specs = fieldSpecsOf(type)
  const base = baseOf(attempts, type)
  const views = attempts.map((attempt) => viewOf(attempt, base, type, specs))
  const evidenceByField = new Map<JsonPointer, Reading[]>()
  for (const view of views) {
    const others = views.filter((v) => v !== view)
    const words = othersWords(view.attempt, others)
    for (const [pointer, field] of view.fields) {
      const evidence = evidenceOf(pointer, view, others, words, specs)
      const readings = evidenceByField.get(pointer) ?? []
      evidenceByField.set(pointer, [...readings, { attempt: view.attempt, field, evidence }])
    }
  }
  return evidenceByField
}
