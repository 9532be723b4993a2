import { wordConfidence } from '../core/document.ts'
import type { DigitConfusions } from '../core/engines.ts'
import type { JsonPointer, Violation } from '../core/extraction.ts'
import { holding, type Check } from './checks.ts'
import { holdsExactly, type Change, type Equation } from './equation.ts'
import { misreadings } from './misreading.ts'
import type { Finding } from './rule.ts'
import type { Findings, Repair } from './template.ts'

/** A digit of one amount was misread. */
interface Explanation extends Change {
  readonly text: string
  readonly likelihood: number
  /** How many checks hold with it that did not. */
  readonly restored: number
}

// Chosen on training receipts.
/** Engines misread a few amounts of which they are sure. */
const leastDoubt = 0.05
/** Likelihood that a check fails though the amounts were read well. */
const otherwise = 1e-3
/** Share of all explanations that the likeliest must have. */
const enough = 0.75

/** How easily the amount was misread; whether it stands in the right field is another question. */
const doubt = ({ words, confidence }: Finding): number =>
  leastDoubt + 1 - (words.length > 0 ? wordConfidence(words) : confidence)

/** Whether another check holds for each of the equation's amounts but one. */
function isConfirmed(equation: Equation, but: JsonPointer, checks: readonly Check[]): boolean {
  const confirmed = new Set(checks.flatMap((check) => holding(check)?.pointers ?? []))
  return equation.pointers.every((p) => p === but || confirmed.has(p))
}

/** What a change does to all checks: how many hold that did not; null when one no longer holds. */
function restoredBy(change: Change, checks: readonly Check[]): number | null {
  const touched = checks.filter((check) => !holding(check) !== !holding(check, change))
  return touched.some((check) => holding(check)) ? null : touched.length
}

/** What one digit can be put right for a failed check without breaking another; a loose one needs more to speak for it. */
function explanations(
  failed: Check,
  checks: readonly Check[],
  findings: Findings,
  confusions: DigitConfusions,
): readonly Explanation[] {
  const suspects = [...new Set(failed.forms.flatMap((form) => form.pointers))]
  return suspects.flatMap((pointer) => {
    const finding = findings.get(pointer)![0]!
    return misreadings(finding, confusions).flatMap(({ value, text, weight }) => {
      const change = { pointer, value }
      const form = failed.forms.find((f) => holdsExactly(f, change))
      const restored = form ? restoredBy(change, checks) : null
      if (!form || restored === null) return []
      if (failed.isLoose && restored < 2 && !isConfirmed(form, pointer, checks)) return []
      return [{ ...change, text, restored, likelihood: doubt(finding) * weight }]
    })
  })
}

/** The likeliest of the explanations that restore most; null where another, or no misread digit, is about as likely. */
function likeliest(all: readonly Explanation[]): Explanation | null {
  const most = Math.max(...all.map((e) => e.restored))
  const rivals = all.filter((e) => e.restored === most).sort((a, b) => b.likelihood - a.likelihood)
  const sum = rivals.reduce((s, e) => s + e.likelihood, otherwise ** most)
  return rivals[0] && rivals[0].likelihood >= enough * sum ? rivals[0] : null
}

function mended(findings: Findings, { pointer, value, text }: Explanation): Findings {
  const candidates = findings.get(pointer)!
  const first = { ...candidates[0]!, value, text, confidence: candidates[0]!.confidence * 0.8 }
  return new Map(findings).set(pointer, [first, ...candidates])
}

function violationOf(findings: Findings, { pointer, text }: Explanation): Violation {
  const read = findings.get(pointer)![0]!.text
  const message = `Read as ${read}; the other amounts make it ${text}.`
  return { code: 'AMOUNT_REPAIRED', field: pointer, message }
}

/**
 * Puts right one misread digit for each check that fails, where one explanation is likelier than all others; the checks
 * are made anew from amounts that changed.
 */
export function mend(
  findings: Findings,
  checksOf: (findings: Findings) => readonly Check[],
  confusions: DigitConfusions,
): ReturnType<Repair> {
  const violations: Violation[] = []
  let [current, checks] = [findings, checksOf(findings)]
  for (let i = 0; i < checks.length; i++) {
    if (holding(checks[i]!)) continue
    const found = likeliest(explanations(checks[i]!, checks, current, confusions))
    if (!found) continue
    violations.push(violationOf(current, found))
    current = mended(current, found)
    checks = checksOf(current)
  }
  return { findings: current, violations }
}
