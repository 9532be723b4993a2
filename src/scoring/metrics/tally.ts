/** True positives, false positives and false negatives; a wrong value is one of each of the last two. */
export interface Tally {
  readonly tp: number
  readonly fp: number
  readonly fn: number
}

/** Each 0 to 1, or null where nothing was counted. */
export interface Rates {
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
}

export const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

export const sumTallies = (tallies: readonly Tally[]): Tally =>
  tallies.reduce((a, b) => ({ tp: a.tp + b.tp, fp: a.fp + b.fp, fn: a.fn + b.fn }), { tp: 0, fp: 0, fn: 0 })

/** How one value counts: `inTruth` and `emitted` say where there is a value at all. */
export const tallyOf = (inTruth: boolean, emitted: boolean, right: boolean): Tally => ({
  tp: inTruth && emitted && right ? 1 : 0,
  fp: emitted && !(inTruth && right) ? 1 : 0,
  fn: inTruth && !(emitted && right) ? 1 : 0,
})

/**
 * Precision, recall and their harmonic mean.
 * @example rates({ tp: 3, fp: 1, fn: 2 }) // { precision: 0.75, recall: 0.6, f1: 0.667 }
 */
export const rates = ({ tp, fp, fn }: Tally): Rates => ({
  precision: ratio(tp, tp + fp),
  recall: ratio(tp, tp + fn),
  f1: ratio(2 * tp, 2 * tp + fp + fn),
})
