import type { JsonPointer, Violation } from '../core/extraction.ts'
import { toCents } from '../values/money.ts'
import type { Finding } from './rule.ts'
import type { Findings, Repair } from './template.ts'

export interface Sum {
  readonly total: JsonPointer
  /** What the total is the sum of: nothing is concluded without the first; others that are not shown count as nothing. */
  readonly parts: readonly JsonPointer[]
  /** Hundredths by which tills round. */
  readonly rounding: number
}

type Choice = ReadonlyMap<JsonPointer, Finding>

const cents = (finding: Finding | undefined): number => (finding ? toCents(Number(finding.value)) : 0)

/** All ways to take one candidate a pointer; at most a few dozen. */
function choices(findings: Findings, pointers: readonly JsonPointer[]): readonly Choice[] {
  return pointers.reduce<readonly Choice[]>(
    (all, pointer) => {
      const candidates = (findings.get(pointer) ?? []).slice(0, 4)
      if (candidates.length === 0) return all
      return all.flatMap((choice) => candidates.map((c) => new Map(choice).set(pointer, c)))
    },
    [new Map()],
  )
}

/** Either all parts make the total, or the first part already contains the others (prices that include tax). */
function adds(choice: Choice, { total, parts, rounding }: Sum): boolean {
  if (!choice.has(total) || !choice.has(parts[0]!)) return false
  const sum = parts.reduce((s, p) => s + cents(choice.get(p)), 0)
  const first = cents(choice.get(parts[0]!))
  return [sum, first].some((s) => s !== 0 && Math.abs(s - cents(choice.get(total))) <= rounding)
}

const likelihood = (choice: Choice): number => [...choice.values()].reduce((p, f) => p * f.confidence, 1)

const confirmed = (f: Finding): Finding => ({ ...f, confidence: 1 - (1 - f.confidence) / 2 })

function prefer(findings: Findings, choice: Choice): Findings {
  const result = new Map(findings)
  for (const [pointer, finding] of choice) {
    const others = (findings.get(pointer) ?? []).filter((f) => f !== finding)
    result.set(pointer, [confirmed(finding), ...others])
  }
  return result
}

/** One printed digit stands for another: same length, one place differs. */
function oneDigitApart(a: number, b: number): boolean {
  const [x, y] = [String(a), String(b)]
  return x.length === y.length && Array.from(x).filter((c, i) => c !== y[i]).length === 1
}

interface Mend {
  readonly pointer: JsonPointer
  readonly finding: Finding
  readonly needed: number
}

/** The least certain amount, when the others say what it must be and one misread digit explains it. */
function mendable(findings: Findings, { total, parts }: Sum): Mend | null {
  const best = (p: JsonPointer): Finding | undefined => findings.get(p)?.[0]
  const present = parts.filter((p) => best(p))
  if (!best(total) || !best(parts[0]!) || present.length < 2) return null
  const sum = present.reduce((s, p) => s + cents(best(p)), 0)
  const off = cents(best(total)) - sum
  const needs = [
    { pointer: total, needed: sum },
    ...present.map((p) => ({ pointer: p, needed: cents(best(p)) + off })),
  ]
  const weakest = needs
    .map((n) => ({ ...n, finding: best(n.pointer)! }))
    .sort((a, b) => a.finding.confidence - b.finding.confidence)[0]!
  return oneDigitApart(cents(weakest.finding), weakest.needed) ? weakest : null
}

function mend(findings: Findings, { pointer, finding, needed }: Mend): ReturnType<Repair> {
  const value = needed / 100
  const mended: Finding = { ...finding, value, text: value.toFixed(2), confidence: finding.confidence * 0.8 }
  const message = `Read as ${finding.text}; the other amounts make it ${value.toFixed(2)}.`
  return {
    findings: new Map(findings).set(pointer, [mended, ...(findings.get(pointer) ?? [])]),
    violations: [{ code: 'AMOUNT_REPAIRED', field: pointer, message }] satisfies Violation[],
  }
}

/** Takes the candidates that add up; where none do, mends one misread digit and says so. */
export function addsUp(sum: Sum): Repair {
  return (findings) => {
    const consistent = choices(findings, [sum.total, ...sum.parts]).filter((c) => adds(c, sum))
    const best = consistent.sort((a, b) => likelihood(b) - likelihood(a))[0]
    if (best) return { findings: prefer(findings, best), violations: [] }
    const wrong = mendable(findings, sum)
    return wrong ? mend(findings, wrong) : { findings, violations: [] }
  }
}
