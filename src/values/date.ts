/** English, German, French, Spanish, Italian, Portuguese, Dutch and Malay month names by their first letters. */
const months: readonly RegExp[] = [
  /^(jan|gen|ene)/,
  /^(feb|fev|fév)/,
  /^(mar|mär|mrt|mac|maa)/,
  /^(apr|avr|abr)/,
  /^(may|mai|mag|mei)/,
  /^(jun|juin|giu)/,
  /^(jul|juil|lug)/,
  /^(aug|aoû|aou|ago|ogo)/,
  /^(sep|set)/,
  /^(oct|okt|out|ott)/,
  /^(nov)/,
  /^(dec|dez|déc|dic|dis)/,
]

const monthOf = (name: string): number => months.findIndex((m) => m.test(name.toLowerCase())) + 1

const monthName = String.raw`\p{L}{3,9}`

/** Written shapes of a date, most telling first; `y`, `m`, `d` or the undecided pair `a`, `b` are named groups. */
const shapes: readonly RegExp[] = [
  /(?<y>(?:19|20)\d{2})\s?[-/.年]\s?(?<m>\d{1,2})\s?[-/.月]\s?(?<d>\d{1,2})/u,
  new RegExp(String.raw`(?<d>\d{1,2})(?:st|nd|rd|th)?[\s.,/-]{0,3}(?<name>${monthName})[\s.,'/-]{0,3}(?<y>(?:19|20)\d{2}|\d{2})`, 'iu'),
  new RegExp(String.raw`(?<name>${monthName})[\s.,/-]{0,3}(?<d>\d{1,2})(?:st|nd|rd|th)?[\s.,'/-]{1,3}(?<y>(?:19|20)\d{2}|\d{2})`, 'iu'),
  /(?<a>\d{1,2})\s?(?<sep>[-/.])\s?(?<b>\d{1,2})\s?\k<sep>\s?(?<y>(?:19|20)\d{2}|\d{2})/u,
  /(?<a>\d{2})(?<b>\d{2})(?<y>20\d{2})/u,
] // prettier-ignore

/** Finds texts that may be dates; each must still parse. Times and longer digit runs are left out. */
export const datePatterns = (): readonly RegExp[] =>
  shapes.map((s) => new RegExp(String.raw`(?<![\d.])${s.source}(?!\d)(?![.,]\d)`, 'giu'))

export interface DateOptions {
  /** Whether 03/04/2018 is the 3rd of April. */
  readonly dayFirst: boolean
}

function iso(year: number, month: number, day: number): string | null {
  const full = year < 100 ? year + (year < 70 ? 2000 : 1900) : year
  const date = new Date(Date.UTC(full, month - 1, day))
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return same ? date.toISOString().slice(0, 10) : null
}

type Groups = Partial<Record<'y' | 'm' | 'd' | 'a' | 'b' | 'name', string>>

function fromGroups({ y, m, d, a, b, name }: Groups, { dayFirst }: DateOptions): string | null {
  const year = Number(y)
  if (name !== undefined) return monthOf(name) > 0 ? iso(year, monthOf(name), Number(d)) : null
  if (m !== undefined) return iso(year, Number(m), Number(d))
  const [first, second] = [Number(a), Number(b)]
  const readings = [iso(year, second, first), iso(year, first, second)]
  if (!dayFirst) readings.reverse()
  return readings[0] ?? readings[1] ?? null
}

/**
 * Reads a date as ISO 8601; where day and month could be swapped and only one order exists in the calendar, that one.
 * @example parseDate('25 MAR 2018', { dayFirst: true }) // '2018-03-25'
 * @example parseDate('12/25/18', { dayFirst: true }) // '2018-12-25'
 */
export function parseDate(text: string, options: DateOptions): string | null {
  for (const pattern of datePatterns()) {
    const groups = pattern.exec(text)?.groups
    const value = groups ? fromGroups(groups, options) : null
    if (value !== null) return value
  }
  return null
}
