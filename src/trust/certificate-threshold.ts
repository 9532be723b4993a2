import { fewestTrials, upperBound } from './binomial.ts'

/** What to prove of a field: at most this share of the accepted values is wrong, at this confidence; both 0 to 1. */
export interface Target {
  readonly error: number
  readonly confidence: number
}

/** A value that a field emitted on a labelled document. */
export interface Emitted {
  readonly confidence: number
  readonly wrong: boolean
}

/** What a threshold accepts, and how much of it is wrong. */
export interface Step {
  readonly threshold: number
  readonly accepted: number
  readonly errors: number
}

/** Fixed before any data is seen, the most certain first. */
const thresholds = [0.999, 0.995, ...Array.from({ length: 50 }, (_, i) => (99 - i) / 100)] as const

/** With fewer of the values that could be accepted, luck with one or two of them would end the search. */
const leastShare = 0.25

const stepAt = (threshold: number, values: readonly Emitted[]): Step => {
  const accepted = values.filter(({ confidence }) => confidence >= threshold)
  return { threshold, accepted: accepted.length, errors: accepted.filter(({ wrong }) => wrong).length }
}

/** What each threshold of the grid accepts. */
export const stepsOf = (values: readonly Emitted[]): readonly Step[] =>
  thresholds.map((threshold) => stepAt(threshold, values))

export const boundOf = ({ errors, accepted }: Step, { confidence }: Target): number =>
  upperBound(errors, accepted, confidence)

/**
 * The lowest threshold that is proven; of those that accept the same, the highest. Null when none is.
 *
 * Fixed-sequence testing (Learn then Test, Angelopoulos et al. 2021, arXiv:2110.01052): from the most certain threshold
 * down, each is tested by its exact bound at the full confidence, up to the first that fails. All thresholds before it hold
 * together at that confidence, for a false one passes only if the first false one does.
 *
 * Thresholds that accept too little are passed over. That looks at confidences, never at truth. Where the first false
 * threshold is passed over, a lower one is tested in its place; it still passes with a probability of at most
 * 1 − confidence, if values of less confidence are not less often wrong: all that it adds errs more than allowed.
 */
export function lastProven(steps: readonly Step[], target: Target): Step | null {
  const all = steps.at(-1)?.accepted ?? 0
  const enough = Math.max(fewestTrials(target.error, target.confidence), leastShare * all)
  const tested = steps.filter(({ accepted }) => accepted >= enough)
  const failure = tested.findIndex((step) => boundOf(step, target) > target.error)
  const proven = failure === -1 ? tested : tested.slice(0, failure)
  return proven.find(({ accepted }) => accepted === proven.at(-1)?.accepted) ?? null
}
