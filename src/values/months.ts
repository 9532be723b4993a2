import { distance } from 'fastest-levenshtein'
import { fold } from './fold.ts'

/**
 * Languages whose months are read, as CLDR writes them. Croatian and Lithuanian are left out: some of their months are
 * other months in Polish and Czech.
 */
const monthLanguages = [
  'af', 'bg', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fil', 'fr', 'hu', 'id', 'is', 'it', 'lv', 'ms', 'nb', 'nl',
  'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'uk',
] as const // prettier-ignore

/** What is printed and CLDR does not have: short forms by habit, and what OCR makes of some. */
const further: readonly (readonly string[])[] = [
  ['jänner'], ['feber', 'fevr'], ['mrz', 'maerz', 'mär', 'mac', 'mrt'], ['avr', 'avri'], ['may'], ['jun', 'juin'],
  ['jul', 'juil', 'jly'], ['aout', 'ag', 'aug'], ['sept', 'sep', 'septbr'], ['okt', 'oct'], ['nov'], ['dec', 'dez', 'dic', 'dis'],
] // prettier-ignore

/** Short forms that are words of receipts too; they are months only where the year has four digits. */
const words = new Set([
  'out',
  'set',
  'pro',
  'ara',
  'lip',
  'dub',
  'tem',
  'kas',
  'eki',
  'elo',
  'ag',
  'sij',
  'dis',
])

/** Thai marks are vowels: without them two months are one. */
const plain = (word: string): string =>
  /\p{Script=Thai}/u.test(word) ? word.replace(/[^\p{L}\p{M}]/gu, '') : fold(word).replace(/[^\p{L}]/gu, '')

/** A month in all forms in which a language writes it: alone and within a date, long and short. */
function formsOf(language: string, month: number): readonly string[] {
  const date = new Date(Date.UTC(2021, month, 15))
  const styles: readonly Intl.DateTimeFormatOptions[] = [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric', year: 'numeric' },
    { month: 'short', day: 'numeric', year: 'numeric' },
    { dateStyle: 'long' },
    { dateStyle: 'medium' },
  ]
  return styles.flatMap((style) =>
    new Intl.DateTimeFormat(language, { ...style, calendar: 'gregory', timeZone: 'UTC' })
      .formatToParts(date)
      .filter(({ type }) => type === 'month')
      .map(({ value }) => value),
  )
}

const eachMonth = <T>(make: (month: number) => T): readonly T[] =>
  Array.from({ length: 12 }, (_, m) => make(m))

/** Thai forms hold points and marks within. */
const thai = [...new Set(eachMonth((month) => formsOf('th', month)).flat())].sort(
  (a, b) => b.length - a.length,
)

/** Finds what may name a month, for use in a pattern with the flags `iu`. */
export const monthPattern = [
  ...thai.map((form) => form.replaceAll('.', String.raw`\.`)),
  String.raw`\p{L}{3,13}`,
  String.raw`ag(?=\.)`,
].join('|')

let names: readonly (readonly string[])[] | null = null

/** Made when the first month is looked for: CLDR takes a moment. */
function monthNames(): readonly (readonly string[])[] {
  names ??= eachMonth((month) =>
    [
      ...new Set(
        [...monthLanguages.flatMap((language) => formsOf(language, month)), ...further[month]!].map(plain),
      ),
    ].filter((form) => form.length > 1),
  )
  return names
}

const monthsBy = (is: (name: string) => boolean): readonly number[] =>
  monthNames().flatMap((forms, i) => (forms.some(is) ? [i + 1] : []))

const only = (found: readonly number[]): number => (found.length === 1 ? found[0]! : 0)

const misread = (name: string, word: string): boolean =>
  word.length >= 5 && name.length === word.length && distance(name, word) === 1

/**
 * From 1, by a name, its beginning of three letters or more, or a long name with one letter misread; 0 for a word that is
 * no month, or that may be several.
 */
export function monthOf(word: string, hasFullYear: boolean): number {
  const read = plain(word)
  if (words.has(read) && !hasFullYear) return 0
  const exact = monthsBy((name) => name === read)
  if (exact.length > 0) return only(exact)
  const begun = read.length >= 3 ? monthsBy((name) => name.startsWith(read)) : []
  if (begun.length > 0) return only(begun)
  return only(monthsBy((name) => misread(name, read)))
}
