import { hasOwn, signals, type Evidence, type Lie, type Signal } from './evidence.ts'

export interface Weights {
  /** Log odds that another document begins, before anything is known of what is printed. */
  readonly base: Readonly<Record<Lie, number>>
  /** What each signal adds to the log odds. */
  readonly signals: Readonly<Record<Signal, number>>
}

/**
 * Logistic regression with a ridge penalty, fitted by `scripts/fit-segmenting.ts` on transcripts of 521 real receipts (in
 * pairs, and cut in two), 200 real orders and invoices of broadcasters, and drawn letters, invoices, terms and texts. The base
 * takes one border in ten between pages, or blank band of a page, to part two documents.
 */
export const weights: Weights = {
  base: { page: -6.19, below: -7.37, beside: -6.65 },
  signals: {
    restartsPages: 4.23,
    continuesPages: -2.6,
    endedPages: -0.7,
    nextPage: -2.11,
    unfinished: -1.39,
    otherNumber: 2.64,
    sameNumber: 0.38,
    otherDate: 2.09,
    sameDate: -1.18,
    secondTotal: 0.81,
    sameTotal: -2.37,
    otherSale: 1.72,
    noTotalYet: -1.21,
    noTotalHere: 0,
    head: 4.44,
    otherOpening: 0.43,
    sameOpening: 2.54,
    carried: -1.03,
    blank: 1.91,
    bothWhole: 1.58,
    completes: -0.53,
    bare: -2.78,
    sameIssuer: -3.15,
    otherIssuer: -0.29,
  },
}

/**
 * From which probability on a file is split, and from which on it is said that it may have to be: above all but two of the 2,332
 * places within single documents that they were fitted on, each judged without its merchant.
 */
export const thresholds = { split: 0.8, doubt: 0.15 } as const

/** Looks alone, such as an address behind a blank band, are never enough to split. */
const mostByLooks = 0.5

/**
 * The probability that another document begins: at most one half where nothing is of its own, and none where the pages count
 * on.
 */
export function probabilityOf(
  evidence: Evidence,
  lie: Lie,
  { base, signals: each }: Weights = weights,
): number {
  if (evidence.nextPage > 0) return 0
  const odds = signals.reduce((sum, signal) => sum + each[signal] * evidence[signal], base[lie])
  const probability = 1 / (1 + Math.exp(-odds))
  return hasOwn(evidence) ? probability : Math.min(probability, mostByLooks)
}
