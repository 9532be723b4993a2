import { countries, elsewhere } from './countries.ts'
import { datePatterns, isAmbiguous, readDate, type DateReading } from './date.ts'
import { timePattern } from './time.ts'

/** Something on a page that speaks for the day before the month, or (negative) the month before the day. */
export interface OrderEvidence {
  readonly what: string
  /** In units of log odds. */
  readonly weight: number
}

/** Chosen by hand, so that one date in one order, or a country that is sure, decides. */
const weights = { date: 4, repeated: 4, twelveHours: -0.7, twentyFourHours: 0.7, dollar: -0.4 } as const

/** How often the day comes first where nothing is known of a page. */
const anywhere = 0.6

/** The first of day and month in a locale's dates of a style, and whether the year comes before both. */
function orderIn(locale: string, dateStyle: 'short' | 'long'): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { dateStyle, calendar: 'gregory' })
  return format.formatToParts(new Date(0)).map(({ type }) => type).filter((t) => /day|month|year/.test(t)) // prettier-ignore
}

/** How likely a country writes the day before the month where the year comes last, by CLDR. */
function dayFirstIn(country: string): number {
  const { language } = new Intl.Locale(`und-${country}`).maximize()
  // With the script between them, CLDR would not know the country's own formats.
  const locale = `${language}-${country}`
  const [first] = orderIn(locale, 'short')
  if (first === 'day') return 0.985
  if (first === 'month') return 0.03
  return orderIn(locale, 'long')[0] === 'day' ? 0.85 : 0.5
}

const known = new Map<string, number>([[elsewhere, anywhere]])

function dayFirstOf(country: string): number {
  const order = known.get(country) ?? (country in countries ? dayFirstIn(country) : anywhere)
  known.set(country, order)
  return order
}

const logOdds = (p: number): number => Math.log(p / (1 - p))

function byCountry(odds: ReadonlyMap<string, number>): readonly OrderEvidence[] {
  const p = [...odds].reduce((sum, [country, share]) => sum + share * dayFirstOf(country), 0)
  return [{ what: 'the country', weight: logOdds(p) }]
}

function readingsIn(text: string): readonly { readonly printed: string; readonly reading: DateReading }[] {
  return text.split('\n').flatMap((line) => {
    for (const pattern of datePatterns) {
      const found = [...line.matchAll(pattern)].flatMap(([printed]) => {
        const reading = readDate(printed)
        return reading ? [{ printed, reading }] : []
      })
      if (found.length > 0) return found
    }
    return []
  })
}

/** The order of two numbers of which only one can be a month; null for dates that say the order otherwise. */
function shownOrder(printed: string): number | null {
  const [, a, b] = /(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(?:\d{4}|\d{2})\D*$/.exec(printed) ?? []
  if (a === undefined || Number(a) > 12 === Number(b) > 12) return null
  return Number(a) > 12 ? 1 : -1
}

/** Other dates: those of which one order exists, and those that say in words or with the year first what is meant. */
function byDates(text: string): readonly OrderEvidence[] {
  const dates = readingsIn(text)
  const sure = new Set(dates.filter(({ reading }) => !isAmbiguous(reading)).map((d) => d.reading.dayFirst))
  const orders = new Set(dates.map(({ printed }) => shownOrder(printed)).filter((order) => order !== null))
  const repeated = dates.flatMap(({ reading: { dayFirst, monthFirst } }) => {
    if (dayFirst === monthFirst || sure.has(dayFirst) === sure.has(monthFirst)) return []
    return [sure.has(dayFirst) ? 1 : -1]
  })
  return [
    ...[...orders].map((order) => ({ what: 'another date', weight: order * weights.date })),
    ...[...new Set(repeated)].map((order) => ({ what: 'the same date', weight: order * weights.repeated })),
  ]
}

function byTimes(text: string): readonly OrderEvidence[] {
  const times = [...text.matchAll(timePattern())]
  const halves = times.some(({ groups }) => groups?.['half'] ?? groups?.['half2'])
  const late = times.some(({ groups }) => Number(groups?.['h']) > 12)
  if (halves) return [{ what: 'times with AM or PM', weight: weights.twelveHours }]
  return late ? [{ what: 'times of 24 hours', weight: weights.twentyFourHours }] : []
}

const byDollar = (text: string): readonly OrderEvidence[] =>
  /(?<![\p{L}])\$\s?\d/u.test(text) ? [{ what: 'dollars', weight: weights.dollar }] : []

/** All that a page tells of the order in which it writes day and month; `odds` are those of countries. */
export const orderEvidence = (text: string, odds: ReadonlyMap<string, number>): readonly OrderEvidence[] => [
  ...byCountry(odds),
  ...byDates(text),
  ...byTimes(text),
  ...byDollar(text),
]

/** The probability that the day comes first, where the evidence is independent. */
export function dayFirstProbability(evidence: readonly OrderEvidence[]): number {
  const sum = evidence.reduce((total, { weight }) => total + weight, 0)
  return 1 / (1 + Math.exp(-sum))
}
