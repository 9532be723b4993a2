import { lineText } from '../core/document.ts'
import { wordsBetween } from '../core/line-text.ts'
import { currenciesOn, currencyMarks, isCurrencySign, type NamedCurrency } from '../values/currencies.ts'
import type { ValueParser } from './parsers.ts'
import { meanConfidence } from './regex.ts'
import { fieldRule, linesOf, type FieldRule, type Finding } from './rule.ts'

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

type PlacedLine = ReturnType<typeof linesOf>[number]

function findingOf({ code, line, mark, certainty }: NamedCurrency, lines: readonly PlacedLine[]): Finding {
  const placed = lines[line]!
  const words = wordsBetween(placed.line, mark.start, mark.end)
  return {
    value: code,
    text: mark.sign,
    page: placed.page,
    words,
    confidence: certainty * meanConfidence(words),
  }
}

/** The currencies that signs and codes beside the amounts of the pages name, the likeliest first. */
export function currency(): FieldRule {
  return fieldRule(({ pages, locale }) => {
    const lines = linesOf(pages)
    const named = currenciesOn(
      lines.map(({ line }) => currencyMarks(lineText(line))),
      locale.countries,
    )
    return (named[0]?.certainty ?? 0) >= least ? named.map((found) => findingOf(found, lines)) : []
  })
}
