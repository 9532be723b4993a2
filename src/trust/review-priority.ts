import type { Risk } from '../core/field-spec.ts'

/** A value that asks for a look: how likely it is right, 0 to 1, and what it costs where it is not. */
export interface Doubtful {
  readonly confidence: number
  readonly risk: Risk
}

/** What a wrong value costs beside one of medium risk. Assumed, not measured. */
const costs: Readonly<Record<Risk, number>> = { high: 3, medium: 1, low: 0.3 }

/** Minutes to open a page and find one's way on it, and to look at one value. Assumed, not measured. */
const minutes = { page: 0.2, value: 0.1 } as const

/**
 * How much expected cost of wrong values a minute of review removes. A document with one value that is probably wrong
 * comes before one with ten that are probably right; 0 where nothing asks for a look.
 */
export function reviewPriority(doubtful: readonly Doubtful[]): number {
  const cost = doubtful.reduce((sum, { confidence, risk }) => sum + costs[risk] * (1 - confidence), 0)
  return Math.round((1000 * cost) / (minutes.page + minutes.value * doubtful.length)) / 1000
}
