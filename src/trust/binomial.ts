import { compiled, incbi } from 'cephes'

await compiled

/**
 * The exact upper bound of an error rate, one-sided, after `errors` in `trials` independent trials (Clopper & Pearson
 * 1934): a rate above it shows so few errors with a probability of at most 1 − `confidence`. All rates are 0 to 1; without
 * trials it is 1. Expected counts may be fractions.
 * @example upperBound(0, 59, 0.95) // 0.0495
 */
export const upperBound = (errors: number, trials: number, confidence: number): number =>
  errors >= trials ? 1 : incbi(errors + 1, trials - errors, confidence)

/**
 * The fewest trials that bound the rate by `error` when none of them errs; fewer cannot.
 * @example fewestTrials(0.01, 0.95) // 299
 */
export const fewestTrials = (error: number, confidence: number): number =>
  Math.ceil(Math.log1p(-confidence) / Math.log1p(-error))
