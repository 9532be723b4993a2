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
  base: { page: -10.32, below: -10.86, beside: -8.21 },
  signals: {
    restartsPages: 4.65,
    continuesPages: -3.7,
    endedPages: -2.01,
    otherNumber: 2.9,
    sameNumber: -0.51,
    otherDate: 3.32,
    sameDate: 0.23,
    secondTotal: 4.24,
    sameTotal: 0.75,
    otherSale: 2.35,
    noTotalYet: 1.48,
    noTotalHere: 2.28,
    head: 4.53,
    otherOpening: -0.36,
    sameOpening: 0.62,
    carried: -0.32,
    blank: 1.67,
  },
}

/**
 * From which probability on a file is split, and from which on it is said that it may have to be: above all but two of the 2,332
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
