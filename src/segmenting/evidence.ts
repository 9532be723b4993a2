import { mostHead, type Facts } from './facts.ts'
import type { PageMark } from './page-mark.ts'

/** How two stretches lie to each other: on pages that follow each other, or on one page with a blank band between. */
export type Lie = 'page' | 'below' | 'beside'

/** Each signal is 0 where it says nothing, and at most about 1. */
export const signals = [
  'restartsPages',
  'continuesPages',
  'endedPages',
  'nextPage',
  'unfinished',
  'otherNumber',
  'sameNumber',
  'otherDate',
  'sameDate',
  'secondTotal',
  'sameTotal',
  'otherSale',
  'noTotalYet',
  'noTotalHere',
  'noTotals',
  'head',
  'otherOpening',
  'sameOpening',
  'carried',
  'blank',
  'bothWhole',
  'completes',
  'bare',
  'noAmounts',
  'sameIssuer',
  'otherIssuer',
] as const
export type Signal = (typeof signals)[number]

/** What speaks for and against a stretch of lines beginning another document than the one before it. */
export type Evidence = Readonly<Record<Signal, number>>

const shares = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => [...b].some((one) => a.has(one))

/** Of the smaller set, the share that the other has too. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const least = Math.min(a.size, b.size)
  return least === 0 ? 0 : [...b].filter((word) => a.has(word)).length / least
}

/** Of the captions that both have, whether any has the same number, and whether any has only others. */
function numbersOf({ numbers: a }: Facts, { numbers: b }: Facts): { same: boolean; other: boolean } {
  const both = [...b].flatMap(([caption, found]) => {
    const before = a.get(caption)
    return before ? [shares(before, found)] : []
  })
  return { same: both.includes(true), other: both.includes(false) }
}

/** Blank lines between two stretches, from 1 on; more than 16 say no more. */
const blankness = (lines: number): number => Math.log2(Math.min(16, Math.max(1, lines))) / 4

/** How alike the first lines of two stretches are, from which share of words on they are the same or others. */
const alike = { same: 0.6, other: 0.25 } as const

/** Whether two pages count on, and say the same of how many there are. */
const isNext = (last: PageMark | null, first: PageMark | null): boolean =>
  last !== null && first !== null && first.number === last.number + 1 && first.of === last.of

/** A page that has the number of the document before it is a copy of it at most; that one which does not say how many pages it has ended is half sure. */
function pageSignals(before: Facts, after: Facts, isSameNumber: boolean) {
  const [last, first] = [before.lastMark, after.firstMark]
  const continues = first !== null && first.number > 1 && (last === null || first.number > last.number)
  const hasEnded = last !== null && (last.of === null || last.number === last.of)
  const isRestart = hasEnded && first?.number === 1 && !isSameNumber
  return {
    restartsPages: isRestart ? (last?.of === null ? 0.5 : 1) : 0,
    continuesPages: Number(continues),
    endedPages: Number(hasEnded && first === null),
    nextPage: Number(isNext(last, first)),
    unfinished: Number(last?.of != null && last.number < last.of && first === null),
  }
}

function openingSignals(before: Facts, after: Facts) {
  const share = overlap(before.opening, after.opening)
  const known = Math.min(before.opening.size, after.opening.size) > 1
  return {
    head: after.head / mostHead,
    otherOpening: Number(known && share <= alike.other && after.head > 0),
    sameOpening: Number(known && share >= alike.same),
  }
}

/** Whether a stretch says which document it is. */
const isNamed = ({ hasDays, numbers }: Facts): boolean => hasDays || numbers.size > 0

/** Neither a date, nor a number, nor a total, nor more than one amount: a letterhead, a footer, a text. */
const isBare = (facts: Facts): boolean => !isNamed(facts) && facts.totals.size === 0 && facts.amounts < 2

/** Whether each stretch has all that a document of sales has, or one has what the other lacks. */
function wholenessSignals(before: Facts, after: Facts) {
  const [isNamedBefore, isNamedAfter] = [isNamed(before), isNamed(after)]
  const [hasTotalBefore, hasTotalAfter] = [before.totals.size > 0, after.totals.size > 0]
  return {
    bothWhole: Number(isNamedBefore && hasTotalBefore && isNamedAfter && hasTotalAfter),
    completes: Number(
      (!hasTotalBefore && hasTotalAfter && !isNamedAfter) ||
        (hasTotalBefore && !isNamedBefore && !hasTotalAfter),
    ),
    bare: Number(isBare(before) || isBare(after)),
  }
}

/** Whether two stretches can be reached in the same way, or each in another; two sales of one issuer say nothing by that. */
function issuerSignals({ contacts: before }: Facts, { contacts: after }: Facts, isOtherSale: boolean) {
  const same = shares(before, after)
  return {
    sameIssuer: Number(same && !isOtherSale),
    otherIssuer: Number(before.size > 0 && after.size > 0 && !same),
  }
}

/** What speaks for `after` beginning another document than `before`, with so many blank lines between them. */
export function evidenceOf(before: Facts, after: Facts, blankLines = 1): Evidence {
  const numbers = numbersOf(before, after)
  const both = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => a.size > 0 && b.size > 0
  const isOtherDate = both(before.dates, after.dates) && !shares(before.dates, after.dates)
  const isSecondTotal = both(before.totals, after.totals) && !shares(before.totals, after.totals)
  return {
    ...pageSignals(before, after, numbers.same),
    otherNumber: Number(numbers.other && !numbers.same),
    sameNumber: Number(numbers.same),
    otherDate: Number(isOtherDate),
    sameDate: Number(shares(before.dates, after.dates)),
    secondTotal: Number(isSecondTotal),
    sameTotal: Number(shares(before.totals, after.totals)),
    otherSale: Number(isOtherDate && isSecondTotal),
    noTotalYet: Number(before.totals.size === 0),
    noTotalHere: Number(after.totals.size === 0),
    noTotals: Number(before.totals.size + after.totals.size === 0),
    ...openingSignals(before, after),
    carried: Number(before.carriesOut || after.carriesIn),
    blank: blankness(blankLines),
    ...wholenessSignals(before, after),
    noAmounts: Number(before.amounts === 0 || after.amounts === 0),
    ...issuerSignals(before, after, isOtherDate && isSecondTotal),
  }
}

/** Something that two documents have each of its own: without it, only a look tells them apart. */
const ownThings = ['restartsPages', 'otherNumber', 'otherDate', 'secondTotal'] as const

/**
 * Whether a stretch has something of its own where the one before it has another, which no footer, form or table has. On one page
 * both must be whole, with a total each: letterheads, due days and slips to return stand apart from the rest of their page too.
 */
export const hasOwn = (evidence: Evidence, lie: Lie): boolean =>
  lie === 'page'
    ? ownThings.some((signal) => evidence[signal] > 0)
    : evidence.bothWhole > 0 && evidence.secondTotal > 0
