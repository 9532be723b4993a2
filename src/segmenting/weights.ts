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
  base: { page: -7, below: -7.99, beside: -7.75 },
  signals: {
    restartsPages: 3.35,
    continuesPages: -2.68,
    endedPages: 0.21,
    nextPage: -2.49,
    unfinished: -1.71,
    otherNumber: 1.07,
    sameNumber: -0.3,
    otherDate: 3.55,
    sameDate: -0.99,
    secondTotal: 0.18,
    sameTotal: -2.8,
    otherSale: 1.77,
    noTotalYet: -0.48,
    noTotalHere: -0.11,
    noTotals: -1.37,
    head: 4.77,
    otherOpening: 0.27,
    sameOpening: 1.31,
    carried: -0.75,
    blank: 0.94,
    bothWhole: 1.52,
    completes: -0.92,
    bare: -0.68,
    noAmounts: -2.28,
    sameIssuer: 0.13,
    otherIssuer: 0.8,
  },
}

/**
 * From which probability on a file is split, and from which on it is said that it may have to be: above all but two of the 5,015
 * places within single documents that they were fitted on, each judged without its merchant.
 */
export const thresholds = { split: 0.7, doubt: 0.15 } as const

/** Looks alone, such as an address behind a blank band, are never enough to split. */
const mostByLooks = 0.5

/** A count of pages that ended and begins again, with another number or day, is that of another document. */
const leastByCount = 0.9

/** Whether it may be what a letter goes with: a page without amounts before one with a total, of no other number or issuer. */
const isCovered = ({ noAmounts, noTotalYet, noTotalHere, otherNumber, otherIssuer }: Evidence): boolean =>
  noAmounts > 0 && noTotalYet > 0 && noTotalHere === 0 && otherNumber + otherIssuer === 0

/** Columns of addresses, days and signatures stand apart on a page as slips do, but print no amount. */
const mostWithoutAmounts = 0.1

/**
 * The probability that another document begins: at most one half where nothing is of its own, hardly any for a part of a page that
 * prints no amount and for what a letter of whatever day goes with, and none where the pages count on.
 */
export function probabilityOf(
  evidence: Evidence,
  lie: Lie,
  { base, signals: each }: Weights = weights,
): number {
  if (evidence.nextPage > 0) return 0
  const odds = signals.reduce((sum, signal) => sum + each[signal] * evidence[signal], base[lie])
  const probability = 1 / (1 + Math.exp(-odds))
  if (lie === 'page' && evidence.restartsPages === 1 && evidence.otherNumber + evidence.otherDate > 0)
    return Math.max(probability, leastByCount)
  if ((lie !== 'page' && evidence.noAmounts > 0) || isCovered(evidence))
    return Math.min(probability, mostWithoutAmounts)
  return hasOwn(evidence, lie) ? probability : Math.min(probability, mostByLooks)
}
