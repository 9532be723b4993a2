import type { Word } from '../core/document.ts'
import type { Locale } from '../values/locale.ts'
import { findCurrency, type PrintedCurrency } from '../values/money.ts'
import type { ValueParser } from './parsers.ts'
import { fieldRule, rowsOf, type FieldRule } from './rule.ts'

const dollarAlone = /\$\s?\d|^\W*\$\W*$/

/** A sign with its code; a bare "$" is told by the country the page shows. */
function currencyOn({ text }: Word, { currency }: Locale): PrintedCurrency | null {
  const undecided = currency !== null && dollarAlone.test(text) ? { code: currency, sign: '$' } : null
  return findCurrency(text) ?? undecided
}

/** The ISO 4217 code of the sign or code in a text. */
export const currencyCode: ValueParser = (text) => {
  const found = findCurrency(text)
  return found && { value: found.code, text: found.sign }
}

/** The currency that a sign or code on the page names, the first from the top. */
export function currency(): FieldRule {
  return fieldRule(({ pages, locale }) => {
    for (const { page, row } of rowsOf(pages)) {
      for (const word of row.words) {
        const found = currencyOn(word, locale)
        if (found) {
          return [{ value: found.code, text: found.sign, confidence: word.confidence, page, words: [word] }]
        }
      }
    }
    return []
  })
}
