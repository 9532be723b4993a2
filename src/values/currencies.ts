import { countries, elsewhere } from './countries.ts'
import { phrasesFor } from './lexicon.ts'
import { phraseTokens, tokensSay } from './phrases.ts'

/** All codes of ISO 4217 that CLDR prints. */
export const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

const minorUnits = new Map<string, number>()

/** How many decimals a currency has by ISO 4217; two where it is not known. */
export function decimalsOf(currency: string | null): number {
  if (currency === null || !currencyCodes.has(currency)) return 2
  const format = (): number =>
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  const decimals = minorUnits.get(currency) ?? format()
  minorUnits.set(currency, decimals)
  return decimals
}

/** Codes that are words or names too. They count only where a total is said, or where the country has that currency. */
const wordLike = new Set(
  'ALL AMD ANG BAM BHD BOB BIF CAD COP CUP DOP GEL GIP LAK LSL MAD MOP MUR PAB PEN RON RUB SAR SOS STN TOP TRY VES WST'.split(' '),
) // prettier-ignore

function symbolsOf(country: string, currency: string): readonly string[] {
  const { language } = new Intl.Locale(`und-${country}`).maximize()
  const locale = `${language}-${country}`
  return (['symbol', 'narrowSymbol'] as const).flatMap((currencyDisplay) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
      .formatToParts(0)
      .filter(({ type, value }) => type === 'currency' && !currencyCodes.has(value))
      .map(({ value }) => value.replace(/[\u200e\u200f]/g, '')),
  )
}

/** Signs that are printed for other things too. */
const weakSigns = new Set(Object.values(countries).flatMap(({ weakSigns = [] }) => weakSigns))

/** What currencies are printed as, by country from CLDR and what the countries add, each with the currencies it may mean. */
function collectSigns(): ReadonlyMap<string, readonly string[]> {
  const signs = new Map<string, string[]>()
  const add = (sign: string, currency: string): void => {
    const meant = signs.get(sign) ?? []
    if (!meant.includes(currency)) signs.set(sign, [...meant, currency])
  }
  for (const [code, { currency, signs: own = [], weakSigns: weak = [] }] of Object.entries(countries))
    for (const sign of [...symbolsOf(code, currency), ...own, ...weak]) add(sign, currency)
  add('€', 'EUR')
  for (const code of currencyCodes) {
    add(code, code)
    if (!wordLike.has(code)) add(code.toLowerCase(), code)
  }
  return signs
}

const signs = collectSigns()

/** What a sign means where nothing tells the country. */
const usually: Readonly<Record<string, string>> = {
  $: 'USD', '¥': 'JPY', '￥': 'JPY', '£': 'GBP', Rs: 'INR', '€': 'EUR', Fr: 'CHF', 'Fr.': 'CHF',
} // prettier-ignore

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)
const alternatives = (some: readonly string[]): string =>
  [...some].sort((a, b) => b.length - a.length).map(escaped).join('|') // prettier-ignore

/** Whether a text is what a currency is printed as. */
export const isCurrencySign = (text: string): boolean => signs.has(text)

const startsWithLetter = (sign: string): boolean => /^\p{L}/u.test(sign)
const all = [...signs.keys()]
/** Marks of whole amounts that stand behind them, "1,500/-". */
const isDash = (sign: string): boolean => /^[/,:.]-$/.test(sign)
const beforeAmounts = all.filter((sign) => !isDash(sign))
/** Words that are codes too are no part of an amount. */
const inAmounts = beforeAmounts.filter((sign) => !wordLike.has(sign))
/** One letter behind an amount is the code of a tax. */
const afterAmounts = new Set(beforeAmounts.filter((sign) => sign.length > 1 || !startsWithLetter(sign)))

/** Signs and codes as they stand before an amount, for use in a pattern with the flag `u`. */
export const signBefore = String.raw`(?:(?<!\p{L})(?:${alternatives(inAmounts.filter(startsWithLetter))})\.?|${alternatives(inAmounts.filter((s) => !startsWithLetter(s)))})`
const behind = inAmounts.filter((sign) => afterAmounts.has(sign))
/** Signs and codes as they stand behind an amount. */
export const signAfter = String.raw`(?:${alternatives(behind.filter((s) => !startsWithLetter(s)))}|(?:${alternatives(behind.filter(startsWithLetter))})(?![\p{L}\d]))`
/** What stands behind whole amounts in the place of decimals. */
export const dashAfter = String.raw`(?:\s?\/\s?[-–—=]|[.,:]\s?[-–—])`

/** Where a code or a sign of several letters stands without an amount: in brackets, at the end of a line, or on that of a total. */
const bracketed = /(?<=[([]\s?)(?<sign>[^\s()[\]\d]{1,4})(?=\s?[)\]])/gu
const standsAlone = /(?<![\p{L}\d])(?<sign>\p{Lu}{2,3})(?![\p{L}\d])/gu
const endsLine = /(?<![\p{L}\d])(?<sign>\p{Lu}{2,3})(?=[\s.:)]*$)/gu

const captions = phrasesFor('currency')
const totals = [...phrasesFor('total'), ...phrasesFor('strongTotal')]

/** A sign or code on a line, and how much it speaks for its currency. */
export interface CurrencyMark {
  /** As printed. */
  readonly sign: string
  /** ISO 4217 of what it may mean. */
  readonly meant: readonly string[]
  readonly start: number
  readonly end: number
  readonly weight: number
}

const weights = { beside: 1, apart: 0.5, dash: 0.5, caption: 3, total: 3 } as const

interface Place {
  readonly sign: string
  readonly start: number
  readonly weight: number
}

const longestFirst = (length: number): readonly number[] => Array.from({ length }, (_, i) => i)

/** The longest sign that ends a text, as a whole word where it is of letters. */
function signEnding(text: string): string | undefined {
  const from = longestFirst(text.length).find((at) => {
    const sign = text.slice(at)
    return signs.has(sign) && !isDash(sign) && !(startsWithLetter(sign) && /\p{L}$/u.test(text.slice(0, at)))
  })
  return from === undefined ? undefined : text.slice(from)
}

/** The longest sign that begins a text, as a whole word where it ends with a letter. */
function signBeginning(text: string): string | undefined {
  const less = longestFirst(text.length).find((at) => {
    const sign = text.slice(0, text.length - at)
    const rest = text.slice(sign.length)
    return afterAmounts.has(sign) && !(/\p{L}$/u.test(sign) && /^[\p{L}\d]/u.test(rest))
  })
  return less === undefined ? undefined : text.slice(0, text.length - less)
}

/** Numbers that may be amounts: not those that go on with letters, as "AOA1-ADI" does, nor percentages. */
const amountLike = /(?<!\d)[.,]?\d[\d.,'’]*(?!\d|\s?%|-?\p{L}{1,2}(?!\p{L})[\d-]|[-/:]\d|-\p{L})/gu

/** Signs before and behind each number of a line. */
function besideNumbers(line: string): readonly Place[] {
  return [...line.matchAll(amountLike)].flatMap(({ 0: digits, index }): Place[] => {
    const before = /([^\s\d]{1,5})\s?[-–−(]?\s?$/u.exec(line.slice(Math.max(0, index - 9), index))
    const printed = before?.[1]!.replace(/[-–−(]+$/, '').replace(/(?<=\p{L})\.$/u, '') ?? ''
    const sign = signEnding(printed)
    const end = index + digits.length
    const after = /^\)?\s?([^\s\d]{1,5})/u.exec(line.slice(end, end + 8))
    const behind = signBeginning(after?.[1] ?? '')
    const dash = new RegExp(`^${dashAfter}(?!\\d)`, 'u').exec(
      line.slice(/[.,]$/.test(digits) ? end - 1 : end),
    )?.[0]
    return [
      ...(sign === undefined ? [] : [{ sign, start: line.lastIndexOf(sign, index), weight: weights.beside }]),
      ...(behind === undefined
        ? []
        : [{ sign: behind, start: line.indexOf(behind, end), weight: weights.beside }]),
      ...(dash === undefined ? [] : [{ sign: dash, start: end, weight: weights.dash }]),
    ]
  })
}

const placesOf = (
  line: string,
  pattern: RegExp,
  weight: number,
  is: (sign: string) => boolean,
): readonly Place[] =>
  [...line.matchAll(pattern)]
    .map(({ groups, index }) => ({ sign: groups!['sign']!, start: index, weight }))
    .filter(({ sign }) => is(sign))

/** A dash is no sign of its own: it is printed by those countries that say so. */
const meaningOf = (sign: string): readonly string[] =>
  signs.get(sign.replace(/\s/g, '').replace(/[–—=]/, '-')) ?? []

const isCode = (sign: string): boolean => currencyCodes.has(sign)
const isName = (sign: string): boolean =>
  afterAmounts.has(sign) && !wordLike.has(sign) && !weakSigns.has(sign)

/** The signs and codes on a line that stand where currencies stand, the first from the left. */
export function currencyMarks(line: string): readonly CurrencyMark[] {
  if (!/\d|[([]|\p{Lu}{2}|:/u.test(line)) return []
  const tokens = phraseTokens(line)
  const isTotal = tokensSay(tokens, totals)
  const places = [
    ...(tokensSay(tokens, captions)
      ? placesOf(line, /(?<!\p{L})(?<sign>[A-Z]{3})(?!\p{L})/gu, weights.caption, isCode)
      : []),
    ...besideNumbers(line),
    ...placesOf(line, bracketed, weights.apart, isName),
    ...placesOf(line, isTotal ? standsAlone : endsLine, weights.apart, isName),
  ]
  const found = places.map(({ sign, start, weight }): CurrencyMark => {
    const isDoubtful = wordLike.has(sign) && !isTotal && weight !== weights.caption
    const counts = isDoubtful ? 0 : weight * (isTotal ? weights.total : 1)
    return { sign, meant: meaningOf(sign), start, end: start + sign.length, weight: counts }
  })
  const known = found.filter(({ meant }) => meant.length > 0)
  const isFirst = (mark: CurrencyMark): boolean =>
    known.find((other) => other.start < mark.end && mark.start < other.end) === mark
  return known.filter(isFirst).sort((a, b) => a.start - b.start)
}

/** How sure it is that a sign means what it usually does, where nothing tells the country. */
const usual = 0.8

/** Whether a sign that only one currency has is enough: a dash, a weak sign and a word that is a code too are not. */
const isPlain = (sign: string, weight: number): boolean =>
  !isDash(sign.replace(/\s/g, '')) && (wordLike.has(sign) ? weight > 0 : !weakSigns.has(sign))

/** How likely a mark means each currency, given the probabilities of countries; they do not add up to 1 where it may mean others. */
function meaningsOf(
  { sign, meant, weight }: CurrencyMark,
  odds: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  if (meant.length === 1 && isPlain(sign, weight)) return new Map([[meant[0]!, 1]])
  const unknown = odds.get(elsewhere) ?? 0
  const shares = meant.map((currency) => {
    const own = [...odds].filter(([country]) => countries[country]?.currency === currency)
    const shown = own.reduce((sum, [, share]) => sum + share, 0)
    return [currency, shown + (usually[sign] === currency ? usual * unknown : 0)] as const
  })
  const sum = shares.reduce((total, [, share]) => total + share, 0)
  const others = usually[sign] === undefined ? 0.15 : (1 - usual) * unknown
  return new Map(
    shares.filter(([, share]) => share > 0).map(([code, share]) => [code, share / (sum + others)]),
  )
}

/** A page on which nothing tells the country. */
export const nowhere: ReadonlyMap<string, number> = new Map([[elsewhere, 1]])

/** Below this nothing is said of a currency. */
const least = 0.5

/** The currency that a text names by signs or codes beside amounts; null when it names none, or only a bare "$". */
export function currencyOf(text: string): string | null {
  for (const mark of currencyMarks(text)) {
    if (mark.sign === '$') continue
    const [best] = [...meaningsOf(mark, nowhere)].sort(([, a], [, b]) => b - a)
    if (best && best[1] >= least) return best[0]
  }
  return null
}

/** A currency that a page names. */
export interface NamedCurrency {
  /** ISO 4217. */
  readonly code: string
  /** The first line, from 0, and the mark on it. */
  readonly line: number
  readonly mark: CurrencyMark
  /** The probability that the page means it. */
  readonly certainty: number
}

/** The currencies that the marks on the lines of a page name, the likeliest first. */
export function currenciesOn(
  lines: readonly (readonly CurrencyMark[])[],
  odds: ReadonlyMap<string, number>,
): readonly NamedCurrency[] {
  const tally = new Map<string, { line: number; mark: CurrencyMark; weight: number }>()
  let sum = 0
  lines.forEach((marks, index) => {
    for (const mark of marks) {
      const meanings = meaningsOf(mark, odds)
      const weight = wordLike.has(mark.sign) && mark.weight === 0 ? doubtfulWeight(mark, odds) : mark.weight
      if (meanings.size > 0) sum += weight
      for (const [code, share] of meanings) {
        const known = tally.get(code)
        if (known) known.weight += weight * share
        else if (weight > 0) tally.set(code, { line: index, mark, weight: weight * share })
      }
    }
  })
  return [...tally]
    .map(([code, { line, mark, weight }]) => ({ code, line, mark, certainty: Math.min(1, weight / sum) }))
    .filter(({ certainty }) => certainty > 0.02)
    .sort((a, b) => b.certainty - a.certainty || a.line - b.line)
}

/** A code that is a word counts beside an amount where the page is of a country that has it. */
function doubtfulWeight({ meant }: CurrencyMark, odds: ReadonlyMap<string, number>): number {
  const share = [...odds].reduce((s, [c, p]) => s + (countries[c]?.currency === meant[0] ? p : 0), 0)
  return share >= 0.3 ? weights.beside : 0
}
