import type { JsonPointer } from '../core/extraction.ts'
import type { LinePointers, Lines } from './lines.ts'
import {
  balance,
  holds,
  holdsExactly,
  product,
  type Amounts,
  type Change,
  type Equation,
} from './equation.ts'

/** Amounts that add up, in their fields. */
export interface Sum {
  readonly total: JsonPointer
  /** What the total is the sum of: nothing is concluded without the first; others that are not shown count as nothing. */
  readonly parts: readonly JsonPointer[]
  /** Lines whose quantity × unit price is their amount, and whose amounts make the first part or the total. */
  readonly lines?: Lines
  /** Hundredths by which tills round. */
  readonly rounding: number
}

/** What should hold in one of several forms. */
export interface Check {
  readonly forms: readonly Equation[]
  /** Whether it also fails for what is not printed or was not found, however well the amounts were read. */
  readonly isLoose: boolean
}

/** The form in which a check holds, as read or with one amount changed. */
export const holding = ({ forms }: Check, change?: Change): Equation | undefined =>
  forms.find((form) => holds(form, change))

/** All parts make the total, or the first alone, which then already contains the others (prices that include tax). */
export function totalCheck(amounts: Amounts, { total, parts, rounding }: Sum): readonly Check[] {
  if (!amounts.has(total) || !amounts.has(parts[0]!)) return []
  const forms = [parts, parts.slice(0, 1)].map((taken) => balance(amounts, taken, [total], rounding / 100))
  return [{ forms, isLoose: parts.filter((p) => amounts.has(p)).length < 2 }]
}

/** The amounts of lines make the first part, the total, or the total with the other parts. */
export function linesCheck(
  amounts: Amounts,
  lines: readonly JsonPointer[],
  { total, parts: [first, ...others], rounding }: Sum,
): readonly Check[] {
  const ways: readonly (readonly [readonly JsonPointer[], JsonPointer])[] = [
    [lines, first!],
    [lines, total],
    [[...lines, ...others], total],
  ]
  const shown = ways.filter(([, made]) => amounts.has(made))
  if (lines.length === 0 || shown.length === 0) return []
  const forms = shown.map(([taken, made]) => balance(amounts, taken, [made], rounding / 100))
  return [{ forms, isLoose: true }]
}

/**
 * Amounts that make each other to the cent. That the first part alone is the total says nothing: it may be the same
 * printed number.
 */
export function confirmedBy(
  amounts: Amounts,
  lines: readonly JsonPointer[],
  sum: Sum,
): readonly JsonPointer[] {
  const sums = totalCheck(amounts, sum).flatMap(({ forms, isLoose }) => (isLoose ? [] : forms.slice(0, 1)))
  const equations = [...sums, ...linesCheck(amounts, lines, sum).flatMap(({ forms }) => forms)]
  return [...new Set(equations.filter((e) => holdsExactly(e)).flatMap(({ pointers }) => pointers))]
}

/** What the product of a weighed quantity may be off. */
const productRounding = 0.02

/** The quantity and the unit price of a line make its amount; nothing to check where one is not shown. */
export function productCheck(
  amounts: Amounts,
  { amount, quantity, unitPrice }: LinePointers,
): readonly Check[] {
  if (![amount, quantity, unitPrice].every((p) => amounts.has(p))) return []
  return [{ forms: [product(amounts, [quantity, unitPrice], amount, productRounding)], isLoose: false }]
}
