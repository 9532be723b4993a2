import { rowText } from '../core/document.ts'
import { wordsBetween } from '../core/row-text.ts'
import { currenciesOn, currencyMarks, currencyOf, type NamedCurrency } from '../values/currencies.ts'
import type { ValueParser } from './parsers.ts'
import { meanConfidence } from './regex.ts'
import { fieldRule, rowsOf, type FieldRule, type Finding } from './rule.ts'

/** Codes that stand alone in a text are the currency; else what stands beside its amounts. */
const alone = /^\W*([A-Z]{3})\W*$/

/** The ISO 4217 code of the sign or code in a text; a sign that several currencies share is told by the page. */
export const currencyCode: ValueParser = (text, { countries }) => {
  const code = alone.exec(text)?.[1]
  const marks = currencyMarks(code === undefined ? text : `${code} 1`)
  const [found] = currenciesOn([marks.length > 0 ? marks : currencyMarks(`${text.trim()} 1`)], countries)
  if (found && found.certainty >= least) return { value: found.code, text: found.mark.sign }
  const named = currencyOf(text)
  return named === null ? null : { value: named, text }
}

/** Below this a page does not say a currency. */
const least = 0.5

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
