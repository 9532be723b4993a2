import { signals, type Evidence, type Lie, type Signal } from './evidence.ts'

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
  base: { page: -10.46, below: -11.06, beside: -8.21 },
  signals: {
    restartsPages: 4.62,
    continuesPages: -3.64,
    endedPages: -1.79,
    otherNumber: 2.87,
    sameNumber: -0.45,
    otherDate: 3.53,
    sameDate: 0.35,
    secondTotal: 4.21,
    sameTotal: 0.75,
    otherSale: 2.3,
    noTotalYet: 1.39,
    noTotalHere: 2.38,
    head: 4.29,
    otherOpening: 0.08,
    sameOpening: 0.79,
    carried: -0.41,
    blank: 1.66,
  },
}

/**
 * From which probability on a file is split, and from which on it is said that it may have to be: above all but one of the 2,332
 * places within single documents that they were fitted on, each judged without its merchant.
 */
export const thresholds = { split: 0.8, doubt: 0.15 } as const

/** The probability that another document begins. */
export function probabilityOf(
  evidence: Evidence,
  lie: Lie,
  { base, signals: each }: Weights = weights,
): number {
  const odds = signals.reduce((sum, signal) => sum + each[signal] * evidence[signal], base[lie])
  return 1 / (1 + Math.exp(-odds))
}
