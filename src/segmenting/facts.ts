import type { OcrPage } from '../core/document.ts'
import { headerOf } from '../ner/rules/header.ts'
import { phraseTokens, rolesOf, says, type AmountRole } from '../ner/rules/lexicon.ts'
import { letterCount, neighbour, toLines, type Line } from '../ner/rules/line.ts'
import { numbersOn } from './captioned.ts'
import { contactsOn } from './contacts.ts'
import { issueDatesOn } from './issue-date.ts'
import { pageMark, type PageMark } from './page-mark.ts'

/** What a line says that can tell one document from another. */
export interface LineFacts {
  readonly line: Line
  /** Days on which it may have been issued. */
  readonly dates: readonly string[]
  /** Amounts that are called the total, in hundredths. */
  readonly totals: readonly number[]
  readonly numbers: readonly (readonly [caption: string, number: string])[]
  readonly contacts: readonly string[]
  readonly mark: PageMark | null
  /** Says that a sum goes over to the next page, or comes from the one before. */
  readonly carries: boolean
}

/** What a stretch of lines says that can tell one document from another. */
export interface Facts {
  readonly lines: number
  readonly dates: ReadonlySet<string>
  /** Whether it says any day, be it one of many. */
  readonly hasDays: boolean
  readonly totals: ReadonlySet<number>
  /** By caption. */
  readonly numbers: ReadonlyMap<string, ReadonlySet<string>>
  /** How its issuer can be reached, see `contactsOn`. */
  readonly contacts: ReadonlySet<string>
  /** Lines, no sentences, that print an amount. */
  readonly amounts: number
  readonly firstMark: PageMark | null
  readonly lastMark: PageMark | null
  /** Words of its first lines. */
  readonly opening: ReadonlySet<string>
  /** Lines near its beginning that give an address, a phone or a registration: 0 to `mostHead`. */
  readonly head: number
  /** Whether its last lines, and its first, carry a sum over. */
  readonly carriesOut: boolean
  readonly carriesIn: boolean
}

/** What stands beside a sum that goes over the end of a page. */
// prettier-ignore
const carryPhrases = [
  'ubertrag', 'uebertrag', 'ubertrag von', 'carried forward', 'brought forward', 'carry forward', 'carried over', 'continued', 'fortsetzung',
  'a reporter', 'suma y sigue', 'suma anterior', 'riporto', 'a riportare', 'transporte', 'a transportar', 'sambungan', 'bersambung',
  'continued on next page', 'see next page', 'please turn over', 'overgebracht', 'transport',
]

const isTotal = (roles: ReadonlySet<AmountRole>): boolean =>
  roles.has('strongTotal') ||
  (roles.has('total') &&
    !(['notTotal', 'subtotal', 'within', 'change'] as const).some((role) => roles.has(role)))

/** More words than this are a sentence, in which a total is only spoken of. */
const mostWords = 6

/** Characters after an amount that still leave it at the end of its line. */
const atEnd = 5

function totalOn(lines: readonly Line[], line: Line): number | null {
  if (phraseTokens(line.text).length > mostWords || !isTotal(rolesOf(line.text))) return null
  const own = line.amounts.at(-1)
  if (own) return line.text.length - own.span.end <= atEnd ? own.cents : null
  const next = neighbour(lines, line, 1)
  return next?.amounts.length === 1 && letterCount(next.text) <= 3 ? next.amounts[0]!.cents : null
}

/** Totals side by side on one line, from which on they are of several slips. */
const fewestAbreast = 3

/** The amounts of a line that have a caption of a total of their own right before them, where there are several. */
function totalsAbreast({ text, amounts }: Line): readonly number[] {
  if (amounts.length < fewestAbreast) return []
  const found = amounts.filter(({ span }, i) => {
    const caption = text.slice(amounts[i - 1]?.span.end ?? 0, span.start)
    return isTotal(rolesOf(caption)) && phraseTokens(caption).length <= mostWords
  })
  return found.length < fewestAbreast ? [] : found.map(({ cents }) => cents)
}

function totalsOn(lines: readonly Line[], line: Line): readonly number[] {
  const total = totalOn(lines, line)
  return total === null ? totalsAbreast(line) : [total]
}

/** What each line of a page says, in the order of the lines. */
export function lineFactsOf(page: OcrPage): readonly LineFacts[] {
  const lines = toLines([page])
  return lines.map((line) => ({
    line,
    dates: issueDatesOn(line.repaired),
    totals: totalsOn(lines, line),
    numbers: numbersOn(line.text),
    contacts: contactsOn(line.text),
    mark: pageMark(line.text),
    carries: says(line.text, carryPhrases),
  }))
}

/** Lines that count as the beginning of a stretch, and as its end. */
const openingLines = 5
const edgeLines = { in: 10, out: 6 } as const
export const mostHead = 3

const wordsOf = (text: string): readonly string[] => phraseTokens(text).filter((word) => word.length > 2)

function gathered(entries: readonly (readonly [string, string])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const numbers = new Map<string, Set<string>>()
  for (const [caption, number] of entries)
    numbers.set(caption, (numbers.get(caption) ?? new Set<string>()).add(number))
  return numbers
}

/** A page says its number in its first or last lines; what stands between is something else. */
const marksOf = (lines: readonly LineFacts[]): readonly PageMark[] =>
  lines.flatMap(({ mark }, i) =>
    mark && (i < edgeLines.in || i >= lines.length - edgeLines.out) ? [mark] : [],
  )

/** More days than this are the rows of a list, such as a statement or a timesheet, and none of them is that of issue. */
const mostDays = 4

function daysOf(lines: readonly LineFacts[]): ReadonlySet<string> {
  const days = new Set(lines.flatMap(({ dates }) => dates))
  return days.size > mostDays ? new Set() : days
}

/** What lines that follow each other say together. */
export function factsOf(lines: readonly LineFacts[]): Facts {
  const marks = marksOf(lines)
  const head = headerOf(lines.map(({ line }) => line)).filter(({ kind }) =>
    (['address', 'phone', 'id'] as const).some((one) => one === kind),
  )
  return {
    lines: lines.length,
    dates: daysOf(lines),
    hasDays: lines.some(({ dates }) => dates.length > 0),
    totals: new Set(lines.flatMap(({ totals }) => totals)),
    numbers: gathered(lines.flatMap(({ numbers }) => numbers)),
    contacts: new Set(lines.flatMap(({ contacts }) => contacts)),
    amounts: lines.filter(
      ({ line }) => line.amounts.length > 0 && phraseTokens(line.text).length <= mostWords,
    ).length,
    firstMark: marks[0] ?? null,
    lastMark: marks.at(-1) ?? null,
    opening: new Set(lines.slice(0, openingLines).flatMap(({ line }) => wordsOf(line.text))),
    head: Math.min(mostHead, head.length),
    carriesIn: lines.slice(0, edgeLines.in).some(({ carries }) => carries),
    carriesOut: lines.slice(-edgeLines.out).some(({ carries }) => carries),
  }
}

function merged(
  a: ReadonlyMap<string, ReadonlySet<string>>,
  b: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const entries = [...a, ...b].flatMap(([caption, numbers]) => [...numbers].map((n) => [caption, n] as const))
  return gathered(entries)
}

/** What one stretch and the next of the same document say together. */
export const joined = (a: Facts, b: Facts): Facts => ({
  lines: a.lines + b.lines,
  dates: new Set([...a.dates, ...b.dates]),
  hasDays: a.hasDays || b.hasDays,
  totals: new Set([...a.totals, ...b.totals]),
  numbers: merged(a.numbers, b.numbers),
  contacts: new Set([...a.contacts, ...b.contacts]),
  amounts: a.amounts + b.amounts,
  firstMark: a.firstMark ?? b.firstMark,
  lastMark: b.lastMark ?? a.lastMark,
  opening: a.opening.size > 0 ? a.opening : b.opening,
  head: Math.max(a.head, b.head),
  carriesIn: a.carriesIn,
  carriesOut: b.carriesOut,
})
