import { distance } from 'fastest-levenshtein'

/** Months in English, German, French, Spanish, Italian, Portuguese, Dutch and Malay, and short forms that do not begin them. */
const months: readonly (readonly string[])[] = [
  'january januar janvier enero gennaio janeiro januari',
  'february februar fevrier febrero febbraio fevereiro februari',
  'march marz maerz mars marzo marco maart mac mrt',
  'april avril abril aprile',
  'may mai mayo maggio maio mei',
  'june juni juin junio giugno junho jun',
  'july juli juillet julio luglio julho julai',
  'august aout agosto augustus ogos',
  'september septembre septiembre settembre setembro sept',
  'october oktober octobre octubre ottobre outubro',
  'november novembre noviembre novembro',
  'december dezember decembre diciembre dicembre dezembro disember',
].map((names) => names.split(' ')) // prettier-ignore

/** From 1, by a name, its beginning, or a long name with one letter misread; 0 for a word that is no month. */
function monthOf(word: string): number {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const misread = (name: string): boolean => plain.length >= 5 && distance(name, plain) === 1
  return months.findIndex((names) => names.some((n) => n.startsWith(plain) || misread(n))) + 1
}

const monthName = String.raw`\p{L}{3,9}`

/** Written shapes of a date, most telling first; `y`, `m`, `d` or the undecided pair `a`, `b` are named groups. */
const shapes: readonly RegExp[] = [
  /(?<y>(?:19|20)\d{2})\s?[-/.年]\s?(?<m>\d{1,2})\s?[-/.月]\s?(?<d>\d{1,2})/u,
  new RegExp(String.raw`(?<d>\d{1,2})(?:st|nd|rd|th)?[\s.,/-]{0,3}(?:de\s)?(?<name>${monthName})[\s.,'/-]{0,3}(?:de\s)?(?<y>(?:19|20)\d{2}|\d{2})`, 'iu'),
  new RegExp(String.raw`(?<name>${monthName})[\s.,/-]{0,3}(?<d>\d{1,2})(?:st|nd|rd|th)?[\s.,'/-]{1,3}(?<y>(?:19|20)\d{2}|\d{2})`, 'iu'),
  /(?<a>\d{1,2})\s?(?<sep>[-/.])\s?(?<b>\d{1,2})\s?\k<sep>\s?(?<y>(?:19|20)\d{2}|\d{2})/u,
  /(?<a>\d{2})(?<b>\d{2})(?<y>20\d{2})/u,
  /(?<y>20\d{2})(?<m>\d{2})(?<d>\d{2})/u,
] // prettier-ignore

const compile = (flags: string): readonly RegExp[] =>
  shapes.map((s) => new RegExp(String.raw`(?<![\d.])${s.source}(?!\d)(?![.,]\d)`, flags))

/** Find texts that may be dates, to be used with `matchAll`; each must still parse. Times and longer digit runs are left out. */
export const datePatterns = compile('giu')
const singlePatterns = compile('iu')

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
  for (const pattern of singlePatterns) {
    const groups = pattern.exec(text)?.groups
    const value = groups ? fromGroups(groups, options) : null
    if (value !== null) return value
  }
  return null
}
