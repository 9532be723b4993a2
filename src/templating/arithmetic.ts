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

/**
 * The fields whose amounts make the total: all parts, or the first alone, which then already contains the others (prices
 * that include tax); null when neither does.
 */
function addends(choice: Choice, { total, parts, rounding }: Sum): readonly JsonPointer[] | null {
  if (!choice.has(total) || !choice.has(parts[0]!)) return null
  const makesTotal = (taken: readonly JsonPointer[]): boolean => {
    const sum = taken.reduce((s, p) => s + cents(choice.get(p)), 0)
    return sum !== 0 && Math.abs(sum - cents(choice.get(total))) <= rounding
  }
  return [parts, parts.slice(0, 1)].find(makesTotal) ?? null
}

const likelihood = (choice: Choice): number => [...choice.values()].reduce((p, f) => p * f.confidence, 1)

const confirmed = (f: Finding): Finding => ({ ...f, confidence: 1 - (1 - f.confidence) / 2 })

/** Puts the choice first; what took part in the sum is surer for it. */
function prefer(findings: Findings, choice: Choice, checked: readonly JsonPointer[]): Findings {
  const result = new Map(findings)
  for (const [pointer, finding] of choice) {
    const others = (findings.get(pointer) ?? []).filter((f) => f !== finding)
    result.set(pointer, [checked.includes(pointer) ? confirmed(finding) : finding, ...others])
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

/** "RM34,50" with the digits of "84.50" is "RM84,50"; where the counts differ, the plain number. */
function withDigits(text: string, plain: string): string {
  const digits = plain.match(/\d/g) ?? []
  if (text.match(/\d/g)?.length !== digits.length) return plain
  return text.replace(/\d/g, () => digits.shift()!)
}

function mend(findings: Findings, { pointer, finding, needed }: Mend): ReturnType<Repair> {
  const value = needed / 100
  const text = withDigits(finding.text, value.toFixed(2))
  const mended: Finding = { ...finding, value, text, confidence: finding.confidence * 0.8 }
  const message = `Read as ${finding.text}; the other amounts make it ${value.toFixed(2)}.`
  return {
    findings: new Map(findings).set(pointer, [mended, ...(findings.get(pointer) ?? [])]),
    violations: [{ code: 'AMOUNT_REPAIRED', field: pointer, message }] satisfies Violation[],
  }
}

/** Takes the candidates that add up; where none do, mends one misread digit and says so. */
export function addsUp(sum: Sum): Repair {
  return (findings) => {
    const consistent = choices(findings, [sum.total, ...sum.parts]).flatMap((choice) => {
      const parts = addends(choice, sum)
      return parts ? [{ choice, checked: [sum.total, ...parts] }] : []
    })
    const best = consistent.sort((a, b) => likelihood(b.choice) - likelihood(a.choice))[0]
    if (best) return { findings: prefer(findings, best.choice, best.checked), violations: [] }
    const wrong = mendable(findings, sum)
    return wrong ? mend(findings, wrong) : { findings, violations: [] }
  }
}
