import { lineText, type Word } from '../core/document.ts'
import type { Reading, Template } from '../core/document-type.ts'
import type { Candidate, Field, Fields, JsonPointer, Observations, Violation } from '../core/extraction.ts'
import type { Sum } from '../core/sum.ts'
import { hull } from '../core/geometry.ts'
import { detectLocale } from '../values/locale.ts'
import { pointerKeys, setPointer, toPointer } from '../core/pointer.ts'
import { linesOf, type FillContext, type Finding, type TemplateRule } from './rule.ts'

/** Candidates by pointer, the likeliest first. */
export type Findings = ReadonlyMap<JsonPointer, readonly Finding[]>

/** Looks at all fields and records together: may reorder or mend candidates, and says what it found doubtful. */
export interface Repair {
  (
    findings: Findings,
    context: FillContext,
  ): {
    readonly findings: Findings
    readonly violations: readonly Violation[]
    readonly observations?: Observations
  }
  /** How the amounts that it looks at hang together. */
  readonly sum?: Sum
  /** Amounts of lines that a sum confirms. */
  readonly confirms?: (findings: Findings) => readonly JsonPointer[]
}

/** One rule a field or list. */
export type TemplateRules = Readonly<Record<JsonPointer, TemplateRule>>

/** A template whose parts can be taken over by another. */
export interface RuleTemplate extends Template {
  readonly rules: TemplateRules
  readonly repairs: readonly Repair[]
}

function findAll(rules: TemplateRules, context: FillContext): Findings {
  const found = new Map<JsonPointer, readonly Finding[]>()
  for (const [key, rule] of Object.entries(rules)) {
    const pointer = key as JsonPointer
    if (rule.kind === 'field') found.set(pointer, rule.find(context))
    else {
      rule.find(context).forEach((record, i) => {
        for (const [name, findings] of Object.entries(record))
          found.set(`${pointer}${toPointer([i, name])}`, findings)
      })
    }
  }
  return found
}

/** What rules see of a reading. */
export function contextOf(reading: Reading): FillContext {
  const everything = linesOf(reading.pages).map(({ line }) => lineText(line))
  return { ...reading, locale: detectLocale(everything.join('\n')) }
}

const readText = (words: readonly Word[]): string => words.map((w) => w.text).join(' ')

function toField(best: Finding | undefined): Field {
  if (!best) return { value: null, text: null, confidence: 0, source: null }
  const { value, text, confidence, page, words } = best
  const source =
    words.length > 0 ? { page, box: [...hull(words.map((w) => w.box))], text: readText(words) } : null
  return { value, text, confidence, source: source as Field['source'] }
}

function toCandidate(rules: TemplateRules, findings: Findings): Omit<Candidate, 'violations'> {
  const data: Record<string, unknown> = {}
  const fields: Fields = {}
  for (const [pointer, rule] of Object.entries(rules))
    if (rule.kind === 'records') setPointer(data, pointer, [])
  for (const [pointer, candidates] of findings) {
    const field = toField(candidates[0])
    fields[pointer] = field
    setPointer(data, pointer, field.value)
  }
  return { data, fields }
}

/** What the values that are taken say against themselves. */
const doubtsIn = (findings: Findings): readonly Violation[] =>
  [...findings].flatMap(([field, [first]]) => (first?.doubt ? [{ ...first.doubt, field }] : []))

/** Fields as candidates of rules; what was not found is none. */
const toFindings = (fields: Fields): Findings =>
  new Map(
    (Object.entries(fields) as [JsonPointer, Field][]).map(([pointer, field]) => {
      const { value, text, confidence, source } = field
      if (value === null) return [pointer, []]
      return [pointer, [{ value, text: text ?? '', confidence, page: source?.page ?? 1, words: [] }]]
    }),
  )

/**
 * A template from one rule a field. Repairs run in order over all candidates before the best are taken. E_UNSAFE_KEY for
 * pointers that would reach an object's prototype.
 * @example template({ '/total': entity('TOTAL', { as: money }), '/date': entity('DATE', { as: date }) })
 */
export function template(rules: TemplateRules, ...repairs: readonly Repair[]): RuleTemplate {
  Object.keys(rules).forEach(pointerKeys)
  return {
    rules,
    repairs,
    labels: [...new Set(Object.values(rules).flatMap(({ labels = [] }) => labels))],
    fill(reading: Reading): Candidate {
      const context = contextOf(reading)
      let findings = findAll(rules, context)
      const violations: Violation[] = []
      let observations: Observations = {}
      for (const repair of repairs) {
        const repaired = repair(findings, context)
        findings = repaired.findings
        violations.push(...repaired.violations)
        observations = { ...observations, ...repaired.observations }
      }
      const all = [...violations, ...doubtsIn(findings)]
      return { ...toCandidate(rules, findings), violations: all, observations }
    },
    sums: repairs.flatMap(({ sum }) => sum ?? []),
    confirms(fields) {
      const findings = toFindings(fields)
      return repairs.flatMap(({ confirms }) => confirms?.(findings) ?? [])
    },
  }
}
