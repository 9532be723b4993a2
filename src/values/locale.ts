import { countries, countryOdds, countryScores, elsewhere } from './countries.ts'
import { currenciesOn, currencyMarks, type NamedCurrency } from './currencies.ts'
import { dayFirstProbability, orderEvidence } from './day-order.ts'

/** What a page tells of how values are printed on it. */
export interface Locale {
  /** ISO 3166, or null when nothing on the page tells. */
  readonly country: string | null
  /** The probability of each country of which the page shows something, and of `elsewhere`. */
  readonly countries: ReadonlyMap<string, number>
  /** The probability that 03/04/2018 is the 3rd of April. */
  readonly dayFirst: number
  /** ISO 4217 by printed signs and codes, those that several currencies share by the country; else null. */
  readonly currency: string | null
}

/** A country is said where it is likelier than all others, and the page not from elsewhere. */
function likeliest(odds: ReadonlyMap<string, number>): string | null {
  const [first, second] = [...odds].sort(([, a], [, b]) => b - a)
  if (!first || first[0] === elsewhere || first[1] < 0.4) return null
  return second && first[1] - second[1] < 0.05 ? null : first[0]
}

/** A sign that only one country's currency has tells the country too; euros and dollars are used in many. */
const byCurrency = 1.5
const ofMany = new Set(['EUR', 'USD'])

function withCurrency(
  scores: ReadonlyMap<string, number>,
  named: NamedCurrency | undefined,
): ReadonlyMap<string, number> {
  if (named === undefined || named.certainty < 0.9 || ofMany.has(named.code)) return scores
  const own = Object.entries(countries).filter(([, { currency }]) => currency === named.code)
  return own.reduce((all, [code]) => all.set(code, (all.get(code) ?? 0) + byCurrency), new Map(scores))
}

/** Guesses the country from the page's text, and from it what is not printed. */
export function detectLocale(text: string): Locale {
  const marks = text.split('\n').map(currencyMarks)
  const scores = countryScores(text)
  const scored = withCurrency(scores, currenciesOn(marks, countryOdds(scores))[0])
  const odds = countryOdds(scored)
  const [named] = currenciesOn(marks, odds)
  return {
    country: likeliest(odds),
    countries: odds,
    dayFirst: dayFirstProbability(orderEvidence(text, odds)),
    currency: named && named.certainty >= 0.5 ? named.code : null,
  }
}
