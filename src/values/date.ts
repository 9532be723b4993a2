import { monthOf, monthPattern } from './months.ts'

const ordinal = String.raw`(?:(?:st|nd|rd|th|er|re|ste|de|e|[eè]me|\.?º|ª|°)(?!\p{L}))?`
const of = String.raw`(?:(?:de|del|di|of|den)\s|d['’])?`
const name = String.raw`(?<name>${monthPattern})`
const gap = String.raw`[\s.,'’/-]{0,3}`

/** Two digits before a colon, or before what names an hour, are a time and no year. */
const shortYear = String.raw`\d{2}(?!\s?[:;]\s?\d{2})(?!\s?h\s?\d)(?!\s?(?:uhr|h|a\.?m|p\.?m|kl|klo)(?!\p{L}))`
/** 25 and 26 begin years of the Buddhist era. */
const fullYear = String.raw`(?:19|20|25|26)\d{2}`
const year = String.raw`(?:พ\.ศ\.\s?)?(?<y>${fullYear}|${shortYear})`

/**
 * Written shapes of a date, most telling first; `y`, `m`, `d`, a year `n` of an `era`, or the undecided pair `a`, `b` are
 * named groups.
 */
const shapes: readonly string[] = [
  String.raw`(?<y>${fullYear})\s?[-/.年년]\s?(?<m>\d{1,2})\s?[-/.月월]\s?(?<d>\d{1,2})`,
  String.raw`(?<![\p{L}])(?<era>令和|平成|昭和|R)\.?\s?(?<n>\d{1,2}|元)\s?[-/.年]\s?(?<m>\d{1,2})\s?[-/.月]\s?(?<d>\d{1,2})`,
  String.raw`(?<d>\d{1,2})${ordinal}[\s.,/-]{0,3}${of}${name}${gap}${of}${year}`,
  String.raw`${name}[\s.,/-]{0,3}(?<d>\d{1,2})${ordinal}[\s.,'’/-]{1,3}${year}`,
  String.raw`(?<y>${fullYear})[\s./-]{1,3}${name}[\s./-]{0,3}(?<d>\d{1,2})`,
  String.raw`(?<a>\d{1,2})\s?(?<sep>[-/.])\s?(?<b>\d{1,2})\s?\k<sep>\s?${year}`,
  String.raw`(?<a>\d{2})(?<b>\d{2})(?<y>20\d{2})`,
  String.raw`(?<y>20\d{2})(?<m>\d{2})(?<d>\d{2})`,
]

const compile = (flags: string): readonly RegExp[] =>
  shapes.map((shape) => new RegExp(String.raw`(?<![\d.])${shape}(?!\d)(?![.,]\d)`, flags))

/** Find texts that may be dates, to be used with `matchAll`; each must still parse. Times and longer digit runs are left out. */
export const datePatterns = compile('giu')
const singlePatterns = compile('iu')

/** A printed date in both orders of day and month, as ISO 8601; one value twice where only one can be meant. */
export interface DateReading {
  readonly dayFirst: string
  readonly monthFirst: string
  /** The dates are separated by points, as hardly anybody does who writes the month first. */
  readonly hasPoints: boolean
}

/** Years of eras that began in the year after the one given here. */
const eras: Readonly<Record<string, number>> = { 令和: 2018, R: 2018, 平成: 1988, 昭和: 1925 }

const buddhistAhead = 543

export interface DateContext {
  /** Years of two digits from 50 on are of the Buddhist era, as in Thailand. */
  readonly buddhist?: boolean
}

function yearOf(printed: string, { buddhist = false }: DateContext): number {
  const year = Number(printed)
  if (year >= 2500) return year - buddhistAhead
  if (year >= 100) return year
  if (buddhist && year >= 50) return year + 2500 - buddhistAhead
  return year + (year < 70 ? 2000 : 1900)
}

function iso(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return same ? date.toISOString().slice(0, 10) : null
}

type Groups = Partial<Record<'y' | 'm' | 'd' | 'a' | 'b' | 'name' | 'era' | 'n' | 'sep', string>>

const certain = (value: string | null): DateReading | null =>
  value === null ? null : { dayFirst: value, monthFirst: value, hasPoints: false }

function fromGroups(
  { y = '', m, d, a, b, name, era, n, sep }: Groups,
  context: DateContext,
): DateReading | null {
  if (era !== undefined)
    return certain(iso(eras[era.toUpperCase()]! + (n === '元' ? 1 : Number(n)), Number(m), Number(d)))
  const year = yearOf(y, context)
  if (name !== undefined) {
    const month = monthOf(name, y.length === 4)
    return month > 0 ? certain(iso(year, month, Number(d))) : null
  }
  if (m !== undefined) return certain(iso(year, Number(m), Number(d)))
  const [first, second] = [Number(a), Number(b)]
  const [dayFirst, monthFirst] = [iso(year, second, first), iso(year, first, second)]
  if (dayFirst === null || monthFirst === null) return certain(dayFirst ?? monthFirst)
  return { dayFirst, monthFirst, hasPoints: sep === '.' }
}

/**
 * Reads a date in every way it can be meant; where day and month could be swapped and only one order exists in the
 * calendar, in that one.
 * @example readDate('25 MAR 2018') // { dayFirst: '2018-03-25', monthFirst: '2018-03-25', … }
 * @example readDate('02/03/18') // { dayFirst: '2018-03-02', monthFirst: '2018-02-03', … }
 */
export function readDate(text: string, context: DateContext = {}): DateReading | null {
  for (const pattern of singlePatterns) {
    const groups = pattern.exec(text)?.groups
    const reading = groups ? fromGroups(groups, context) : null
    if (reading !== null) return reading
  }
  return null
}

/** Whether the order of day and month decides what is meant. */
export const isAmbiguous = ({ dayFirst, monthFirst }: DateReading): boolean => dayFirst !== monthFirst

/**
 * Reads a date as ISO 8601 where the order of day and month is known.
 * @example parseDate('12/25/18', { dayFirst: true }) // '2018-12-25'
 */
export function parseDate(text: string, { dayFirst }: { readonly dayFirst: boolean }): string | null {
  const reading = readDate(text)
  return reading === null ? null : dayFirst ? reading.dayFirst : reading.monthFirst
}
