import { currencyOf } from '../values/money.ts'
import { fieldRule, rowsOf, type FieldRule } from './rule.ts'

/** The currency that a sign or code on the page names; a bare "$" is told by the country the page shows. */
export function currency(): FieldRule {
  return fieldRule(({ pages, locale }) => {
    for (const { page, row } of rowsOf(pages)) {
      const word = row.words.find((w) => currencyOf(w.text) !== null || /\$\s?\d|^\W*\$\W*$/.test(w.text))
      const value = word && (currencyOf(word.text) ?? locale.currency)
      const sign = /RM|[A-Z]{3}|[A-Z]{0,2}\$|[€£¥₹]|Rp|Rs/.exec(word?.text ?? '')?.[0]
      if (word && value)
        return [{ value, text: sign ?? word.text, confidence: word.confidence, page, words: [word] }]
    }
    return []
  })
}
