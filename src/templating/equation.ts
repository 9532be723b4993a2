import type { JsonPointer } from '../core/extraction.ts'
import type { Findings } from './template.ts'

/** Amounts by the fields they were read for; what is not shown counts as nothing. */
export type Amounts = ReadonlyMap<JsonPointer, number>

/** The likeliest candidates that are numbers. */
export function amountsOf(findings: Findings): Amounts {
  const amounts = new Map<JsonPointer, number>()
  for (const [pointer, [first]] of findings)
    if (typeof first?.value === 'number') amounts.set(pointer, first.value)
  return amounts
}

/** Another value for one amount. */
export interface Change {
  readonly pointer: JsonPointer
  readonly value: number
}

/** What amounts must satisfy. */
export interface Equation {
  readonly pointers: readonly JsonPointer[]
  /** How far its sides may be apart. */
  readonly tolerance: number
  /** How far they are apart as read, or with one amount changed. */
  off(change?: Change): number
}

/** Binary fractions drift by less. */
const drift = 1e-6

export const holds = (equation: Equation, change?: Change): boolean =>
  equation.off(change) <= equation.tolerance + drift

/** To the hundredth, as most tills print. */
export const holdsExactly = (equation: Equation, change?: Change): boolean =>
  equation.off(change) <= 0.005 + drift

/** The amounts on the left make those on the right; no amounts make nothing. */
export function balance(
  amounts: Amounts,
  left: readonly JsonPointer[],
  right: readonly JsonPointer[],
  tolerance: number,
): Equation {
  const amount = (p: JsonPointer): number => amounts.get(p) ?? 0
  const sum = (side: readonly JsonPointer[]): number => side.reduce((s, p) => s + amount(p), 0)
  const signs = new Map([...left.map((p) => [p, 1] as const), ...right.map((p) => [p, -1] as const)])
  const apart = sum(left) === 0 ? Infinity : sum(left) - sum(right)
  const moved = ({ pointer, value }: Change): number => (signs.get(pointer) ?? 0) * (value - amount(pointer))
  return {
    pointers: [...left, ...right].filter((p) => amounts.has(p)),
    tolerance,
    off: (change) => Math.abs(apart + (change ? moved(change) : 0)),
  }
}

/** Two factors make an amount. */
export function product(
  amounts: Amounts,
  factors: readonly [JsonPointer, JsonPointer],
  result: JsonPointer,
  tolerance: number,
): Equation {
  return {
    pointers: [...factors, result],
    tolerance,
    off(change) {
      const value = (p: JsonPointer): number => (change?.pointer === p ? change.value : (amounts.get(p) ?? 0))
      return Math.abs(value(factors[0]) * value(factors[1]) - value(result))
    },
  }
}
