import { hasOwn, signals, type Evidence, type Lie, type Signal } from './evidence.ts'

export interface Weights {
  /** Log odds that another document begins, before anything is known of what is printed. */
  readonly base: Readonly<Record<Lie, number>>
  /** What each signal adds to the log odds. */
  readonly signals: Readonly<Record<Signal, number>>
}

/**
 * Logistic regression with a ridge penalty, fitted by `scripts/fit-segmenting.ts` on transcripts of 521 real receipts (in
 * pairs, and cut in two), the pages and blank bands of 200 real orders and invoices of broadcasters, and 480 files of one document or
 * several that `parallax_training.streams` draws, some of them read by OCR. The base takes one border in ten between pages, or blank
 * band across a page, and one blank column in three, to part two documents.
 */
export const weights: Weights = {
  base: { page: -6.71, below: -7.73, beside: -7.53 },
  signals: {
    restartsPages: 3.35,
    continuesPages: -2.67,
    endedPages: 0.29,
    nextPage: -2.48,
    unfinished: -1.74,
    otherNumber: 1,
    sameNumber: -0.2,
    otherDate: 3.53,
    sameDate: -1.04,
    secondTotal: 0.09,
    sameTotal: -2.82,
    otherSale: 1.81,
    noTotalYet: -0.5,
    noTotalHere: -0.04,
    noTotals: -1.5,
    head: 4.69,
    otherOpening: 0.3,
    sameOpening: 1.24,
    carried: -0.62,
    blank: 0.98,
    bothWhole: 1.46,
    completes: -1,
    bare: -0.72,
    noAmounts: -2.36,
    sameIssuer: 0.07,
    otherIssuer: 0.66,
  },
}

/**
 * From which probability on a file is split, and from which on it is said that it may have to be: above all but one of the 6,486
 * places within single documents that they were fitted on, each judged without its merchant or file.
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
