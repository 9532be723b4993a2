import { rowText } from '../core/document.ts'
import { wordsBetween } from '../core/row-text.ts'
import { currenciesOn, currencyMarks, isCurrencySign, type NamedCurrency } from '../values/currencies.ts'
import type { ValueParser } from './parsers.ts'
import { meanConfidence } from './regex.ts'
import { fieldRule, rowsOf, type FieldRule, type Finding } from './rule.ts'

/** Below this a text or page does not say a currency. */
const least = 0.5

/**
 * The ISO 4217 code of the sign or code that a text is, or that stands beside its amounts; a sign that several currencies
 * share is told by the page.
 */
export const currencyCode: ValueParser = (text, { countries }) => {
  const bare = text.trim()
  const [found] = currenciesOn([currencyMarks(isCurrencySign(bare) ? `${bare} 1` : text)], countries)
  return found && found.certainty >= least ? { value: found.code, text: found.mark.sign } : null
}

type PlacedRow = ReturnType<typeof rowsOf>[number]

function findingOf({ code, line, mark, certainty }: NamedCurrency, rows: readonly PlacedRow[]): Finding {
  const { page, row } = rows[line]!
  const words = wordsBetween(row, mark.start, mark.end)
  return { value: code, text: mark.sign, page, words, confidence: certainty * meanConfidence(words) }
}

/** The currencies that signs and codes beside the amounts of the pages name, the likeliest first. */
export function currency(): FieldRule {
  return fieldRule(({ pages, locale }) => {
    const rows = rowsOf(pages)
    const named = currenciesOn(
      rows.map(({ row }) => currencyMarks(rowText(row))),
      locale.countries,
    )
    return (named[0]?.certainty ?? 0) >= least ? named.map((found) => findingOf(found, rows)) : []
  })
}
