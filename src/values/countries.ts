import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ParallaxError } from '../core/errors.ts'
import { fold } from './fold.ts'
import { amountRoles, lexicons } from './lexicon.ts'

const marks = z.array(z.string().min(1)).min(1)

/** What documents of a country print. */
const countrySchema = z.strictObject({
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Its calling code, without the plus. */
  phone: z.string().regex(/^\d{1,3}$/).optional(),
  /** The country itself, its regions and large towns, lower case without marks. */
  names: marks.optional(),
  /** Legal forms. Those after `=` count only at the end of a line, those after `^` at its beginning, both as they are written. */
  legal: marks.optional(),
  /** Names of taxes, registers and other words of its receipts. */
  words: marks.optional(),
  /** What its currency is printed as beside amounts, beyond what CLDR has. */
  signs: marks.optional(),
  /** The same, where other things are printed so too: they count only where the country is told. */
  weakSigns: marks.optional(),
  /** Shapes that only its documents print, each with its weight. */
  patterns: z.array(z.strictObject({ pattern: z.string(), weight: z.number().positive() })).optional(),
}) // prettier-ignore
export type Country = z.infer<typeof countrySchema>

/** Countries by their ISO 3166 code; E_ENGINE where a code or a part is unknown. */
export function parseCountries(content: unknown): Readonly<Record<string, Country>> {
  const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const code = z.string().refine((c) => /^[A-Z]{2}$/.test(c) && regions.of(c) !== undefined, 'is no country of ISO 3166') // prettier-ignore
  const parsed = z.record(code, countrySchema).safeParse(content)
  if (parsed.success) return parsed.data
  const why = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  throw new ParallaxError('E_ENGINE', `The countries cannot be used (${why}).`)
}

/** The countries that ship with Parallax, in the file beside this one. */
export const countries = parseCountries(
  JSON.parse(readFileSync(new URL('./countries.json', import.meta.url), 'utf8')),
)

/** How much each kind of mark speaks for its country, in units of log odds; chosen by hand. */
const weights = { name: 2.5, legal: 3, word: 2, phone: 2.5, language: 1 } as const

/** Words between single spaces, so that a phrase is found as a whole. */
const spaced = (text: string): string => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} ` // prettier-ignore

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)

type Words = ReadonlySet<string>

function markOf(legal: string): (text: string, phrases: Words) => boolean {
  const form = escaped(legal.slice(1))
  const placed = legal.startsWith('=')
    ? new RegExp(String.raw`[\s,](?<=\p{L}.*)${form}\W*$`, 'mu')
    : legal.startsWith('^') && new RegExp(String.raw`^\W*${form}[\s.]+\p{L}`, 'mu')
  if (placed) return (text) => placed.test(text)
  const phrase = spaced(legal)
  return (_, phrases) => phrases.has(phrase)
}

interface Prepared {
  readonly code: string
  readonly phone: string | undefined
  readonly language: string
  readonly names: readonly string[]
  readonly legal: readonly ((text: string, phrases: Words) => boolean)[]
  readonly words: readonly string[]
  readonly patterns: readonly { readonly is: RegExp; readonly weight: number }[]
}

/** CLDR calls Norwegian by its written form. */
const languageOf = (code: string): string =>
  new Intl.Locale(`und-${code}`).maximize().language.replace(/^nb$/, 'no')

const prepared: readonly Prepared[] = Object.entries(countries).map(([code, country]) => ({
  code,
  phone: country.phone,
  language: languageOf(code),
  names: (country.names ?? []).map(spaced),
  legal: (country.legal ?? []).map(markOf),
  words: (country.words ?? []).map(spaced),
  patterns: (country.patterns ?? []).map(({ pattern, weight }) => ({ is: new RegExp(pattern, 'u'), weight })),
}))

/** The languages that write each phrase of the lexicons; phrases that English has too tell nothing. */
function phraseLanguages(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [language, lexicon] of lexicons)
    for (const phrase of amountRoles.flatMap((role) => lexicon[role] ?? [])) {
      const key = spaced(phrase)
      if (key.length > 5) found.set(key, [...new Set([...(found.get(key) ?? []), language])])
    }
  return new Map([...found].filter(([, languages]) => !languages.includes('en')))
}
const byPhrase = phraseLanguages()

/** All phrases that tell something, by their first word. */
function indexPhrases(): ReadonlyMap<string, readonly string[]> {
  const legal = Object.values(countries).flatMap((country) => (country.legal ?? []).map(spaced))
  const all = [...byPhrase.keys(), ...prepared.flatMap(({ names, words }) => [...names, ...words]), ...legal]
  const index = new Map<string, string[]>()
  for (const phrase of new Set(all)) {
    const first = phrase.split(' ')[1]!
    index.set(first, [...(index.get(first) ?? []), phrase])
  }
  return index
}
const byFirstWord = indexPhrases()

/** The phrases that a page shows. */
function phrasesIn(text: string): Words {
  const words = spaced(text)
  const firsts = new Set(words.trim().split(' '))
  return new Set([...firsts].flatMap((w) => (byFirstWord.get(w) ?? []).filter((p) => words.includes(p))))
}

/** How much the words of a page speak for each language. */
function languageScores(phrases: Words): ReadonlyMap<string, number> {
  const scores = new Map<string, number>()
  for (const phrase of phrases) {
    const languages = byPhrase.get(phrase) ?? []
    for (const language of languages)
      scores.set(language, (scores.get(language) ?? 0) + weights.language / languages.length)
  }
  return new Map([...scores].map(([language, score]) => [language, Math.min(score, 3 * weights.language)]))
}

const callingCodes = (text: string): readonly string[] =>
  [...text.matchAll(/\+\s?\(?(\d{1,4})/g)].map(([, digits]) => digits!)

/** The first mark counts in full, further ones half as much, at most three. */
const several = (count: number, weight: number): number =>
  count === 0 ? 0 : weight * (1 + 0.5 * Math.min(2, count - 1))

function scoreOf(country: Prepared, text: string, shown: Words, phones: readonly string[]): number {
  const count = (phrases: readonly string[]): number => phrases.filter((p) => shown.has(p)).length
  const { phone } = country
  return (
    several(count(country.names), weights.name) +
    several(count(country.words), weights.word) +
    (country.legal.some((is) => is(text, shown)) ? weights.legal : 0) +
    (phone !== undefined && phones.some((p) => p.startsWith(phone)) ? weights.phone : 0) +
    country.patterns.reduce((sum, { is, weight }) => sum + (is.test(text) ? weight : 0), 0)
  )
}

/** How much a page speaks for each country; countries of which it shows nothing are absent. */
export function countryScores(text: string): ReadonlyMap<string, number> {
  const shown = phrasesIn(text)
  const phones = callingCodes(text)
  const languages = languageScores(shown)
  const scored = prepared.map((country) => {
    const language = languages.get(country.language) ?? 0
    return [country.code, scoreOf(country, text, shown, phones) + language] as const
  })
  return new Map(scored.filter(([, score]) => score > 0))
}

/** That a page comes from a country of which it shows nothing. */
export const elsewhere = 'ZZ'
/** In units of log odds, as the scores of countries. */
const scoreOfElsewhere = 0.7

/** The probability of each country, and of `elsewhere`, given their scores. */
export function countryOdds(scores: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const weighed = [...scores, [elsewhere, scoreOfElsewhere] as const].map(
    ([c, s]) => [c, Math.exp(s)] as const,
  )
  const sum = weighed.reduce((total, [, weight]) => total + weight, 0)
  return new Map(weighed.map(([code, weight]) => [code, weight / sum]))
}
