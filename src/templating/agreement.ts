import type { JsonPointer } from '../core/extraction.ts'
import { holding, linesCheck, totalCheck, type Sum } from './checks.ts'
import type { Amounts, Equation } from './equation.ts'
import type { LinePointers } from './lines.ts'
import type { Finding } from './rule.ts'
import type { Findings } from './template.ts'

/** One candidate a field. */
type Choice = ReadonlyMap<JsonPointer, Finding>

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

/** How much likelier a choice is for each equation that its amounts satisfy. Chosen on training receipts. */
const evidence = 10

const likelihood = (choice: Choice, equations: readonly Equation[]): number =>
  [...choice.values()].reduce((p, f) => p * f.confidence, evidence ** equations.length)

/** What all lines make, in the place of their list. */
function linesAsOne(findings: Findings, { lines }: Sum, own: readonly LinePointers[]): Amounts {
  const sum = own.reduce((s, { amount }) => s + Number(findings.get(amount)?.[0]?.value ?? 0), 0)
  return lines && sum !== 0 ? new Map([[lines.records, sum]]) : new Map()
}

/** The equations by which the amounts of a choice confirm each other. */
function equationsIn(choice: Choice, lines: Amounts, sum: Sum): readonly Equation[] {
  const chosen = [...choice].map(([pointer, { value }]) => [pointer, Number(value)] as const)
  const amounts = new Map([...lines, ...chosen])
  const checks = [...totalCheck(amounts, sum), ...linesCheck(amounts, [...lines.keys()], sum)]
  return checks.flatMap((check) => holding(check) ?? [])
}

const confirmed = (f: Finding): Finding => ({ ...f, confidence: 1 - (1 - f.confidence) / 2 })

/** Puts the choice first; what is checked is surer for it. */
function prefer(findings: Findings, choice: Choice, checked: readonly JsonPointer[]): Findings {
  const result = new Map(findings)
  for (const [pointer, finding] of choice)
    result.set(pointer, [finding, ...findings.get(pointer)!.filter((f) => f !== finding)])
  for (const pointer of checked) {
    const [first, ...others] = result.get(pointer) ?? []
    if (first) result.set(pointer, [confirmed(first), ...others])
  }
  return result
}

/** Takes the likeliest candidates, where those that add up, with each other or with the lines, are likelier for it. */
export function takeAgreeing(findings: Findings, sum: Sum, own: readonly LinePointers[]): Findings {
  const lines = linesAsOne(findings, sum, own)
  const [best] = choices(findings, [sum.total, ...sum.parts])
    .map((choice) => ({ choice, equations: equationsIn(choice, lines, sum) }))
    .map((scored) => ({ ...scored, likelihood: likelihood(scored.choice, scored.equations) }))
    .sort((a, b) => b.likelihood - a.likelihood)
  if (!best || best.equations.length === 0) return findings
  const checked = new Set(best.equations.flatMap((e) => e.pointers))
  const agree = sum.lines && checked.has(sum.lines.records)
  return prefer(findings, best.choice, [...checked, ...(agree ? own.map((line) => line.amount) : [])])
}
