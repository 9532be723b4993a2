import { hasOwn, signals, type Evidence, type Lie, type Signal } from './evidence.ts'

export interface Weights {
  /** Log odds that another document begins, before anything is known of what is printed. */
  readonly base: Readonly<Record<Lie, number>>
  /** What each signal adds to the log odds. */
  readonly signals: Readonly<Record<Signal, number>>
}

/**
 * Logistic regression with a ridge penalty, fitted by `scripts/fit-segmenting.ts` on transcripts of 521 real receipts (in
 * pairs, and cut in two), the pages and blank bands of 200 real orders and invoices of broadcasters and of 255 drawn business
 * documents, and drawn letters, invoices, terms and texts. The base takes one border in ten between pages, or blank band across a
 * page, and one blank column in three, to part two documents.
 */
export const weights: Weights = {
  base: { page: -6.15, below: -7.66, beside: -6.87 },
  signals: {
    restartsPages: 4.24,
    continuesPages: -2.72,
    endedPages: 0.02,
    nextPage: -2.41,
    unfinished: -1.08,
    otherNumber: 2.53,
    sameNumber: 0.22,
    otherDate: 1.05,
    sameDate: -2.04,
    secondTotal: 1.6,
    sameTotal: -1.75,
    otherSale: 1.76,
    noTotalYet: -1.03,
    noTotalHere: 0.11,
    noTotals: 0,
    head: 4.82,
    otherOpening: 0.35,
    sameOpening: 2.41,
    carried: -0.77,
    blank: 2.1,
    bothWhole: 0.99,
    completes: -0.18,
    bare: -3.57,
    noAmounts: 0,
    sameIssuer: -2.69,
    otherIssuer: 0.29,
  },
}

/**
 * From which probability on a file is split, and from which on it is said that it may have to be: above all but two of the 5,015
 * places within single documents that they were fitted on, each judged without its merchant.
 */
export const thresholds = { split: 0.7, doubt: 0.15 } as const

/** Looks alone, such as an address behind a blank band, are never enough to split. */
const mostByLooks = 0.5

/** Columns of addresses, days and signatures stand apart on a page as slips do, but print no amount. */
const mostWithoutAmounts = 0.1

/**
 * The probability that another document begins: at most one half where nothing is of its own, hardly any for a part of a page that
 * prints no amount, and none where the pages count on.
 */
export function probabilityOf(
  evidence: Evidence,
  lie: Lie,
  { base, signals: each }: Weights = weights,
): number {
  if (evidence.nextPage > 0) return 0
  const odds = signals.reduce((sum, signal) => sum + each[signal] * evidence[signal], base[lie])
  const probability = 1 / (1 + Math.exp(-odds))
  if (lie !== 'page' && evidence.noAmounts > 0) return Math.min(probability, mostWithoutAmounts)
  return hasOwn(evidence, lie) ? probability : Math.min(probability, mostByLooks)
}
