import { phraseTokens, says } from '../ner/rules/lexicon.ts'
import { lexicons } from '../templating/captions/lexicon.ts'
import { datePatterns, parseDate } from '../values/date.ts'

/** What stands before a date that is not the day on which a document was issued. */
// prettier-ignore
const otherDays = [
  'due', 'due date', 'due by', 'pay by', 'payable', 'valid until', 'expires', 'expiry', 'delivery', 'delivered', 'delivery date', 'ship date', 'shipped',
  'order date', 'supply', 'period', 'from', 'to', 'until', 'before', 'by', 'since', 'arrival', 'departure', 'check in', 'check out', 'birth', 'born', 'dob', 'start', 'end',
  'fallig', 'faellig', 'falligkeit', 'fallig am', 'zahlbar', 'zahlbar bis', 'bis', 'bis zum', 'lieferdatum', 'liefertermin', 'leistungsdatum', 'leistungszeitraum',
  'lieferung', 'leistung', 'zeitraum', 'abrechnungszeitraum', 'bestelldatum', 'auftragsdatum', 'gultig bis', 'geboren', 'geburtsdatum', 'anreise', 'abreise', 'stand', 'skonto', 'ab', 'seit',
  'echeance', 'date d echeance', 'date limite', 'livraison', 'date de livraison', 'periode', 'au', 'avant', 'jusqu au', 'commande du', 'date de commande', 'ne le', 'nee le', 'naissance', 'arrivee', 'depart',
  'vencimiento', 'fecha de vencimiento', 'entrega', 'fecha de entrega', 'periodo', 'desde', 'hasta', 'antes del', 'nacimiento', 'vence el', 'fecha de pedido',
  'scadenza', 'data di scadenza', 'consegna', 'data consegna', 'data di consegna', 'dal', 'al', 'entro il', 'nascita', 'data ordine',
  'vervaldatum', 'vervalt', 'leverdatum', 'levering', 'geboortedatum', 'orderdatum', 'besteldatum', 'voor', 'tot',
  'termin platnosci', 'data dostawy', 'data sprzedazy', 'okres', 'vencimento', 'data de vencimento', 'data de entrega', 'ate', 'forfallodatum', 'forfaldsdato', 'leveransdatum', 'leveringsdato', 'forfall',
]

/** What business documents call days that are not that of issue, in the languages of the lexicon. */
const known = (['dueDate', 'deliveryDate', 'period'] as const).flatMap((concept) =>
  lexicons
    .flatMap(({ captions }) => captions[concept] ?? [])
    .map((caption) => phraseTokens(caption).join(' ')),
)
const notIssued = [...new Set([...otherDays, ...known])].filter((phrase) => phrase !== '')

/** Words before a date in which its caption is looked for. */
const reach = 4
/** More words than this are a sentence, which only speaks of a day. */
const mostWords = 12

const range = /^\s*(?:[-–—]|to|bis|au|al|a|t\/m|tot|until|through)\s*$/iu

interface Found {
  readonly iso: string
  readonly from: number
  readonly to: number
}

function datesIn(text: string): readonly Found[] {
  const all = datePatterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ 0: printed, index }): Found[] => {
      const iso = parseDate(printed, { dayFirst: true })
      return iso === null ? [] : [{ iso, from: index, to: index + printed.length }]
    }),
  )
  const isFirst = (one: Found): boolean => all.find((o) => o.from < one.to && one.from < o.to) === one
  return all.filter(isFirst).sort((a, b) => a.from - b.from)
}

const joinsRange = (text: string, found: readonly Found[], i: number): boolean => {
  const [a, b] = [found[i], found[i + 1]]
  return a !== undefined && b !== undefined && range.test(text.slice(a.to, b.from))
}

/**
 * The days on which a line may say that its document was issued, as ISO 8601: no period, and no day by which something is due,
 * was ordered or delivered.
 * @example issueDatesOn('Date 17.06.2024   Due 01.07.2024') // ['2024-06-17']
 */
export function issueDatesOn(text: string): readonly string[] {
  const found = datesIn(text)
  if (found.length === 0 || phraseTokens(text).length > mostWords + 3 * found.length) return []
  return found.flatMap(({ iso, from }, i) => {
    if (joinsRange(text, found, i) || joinsRange(text, found, i - 1)) return []
    const before = phraseTokens(text.slice(found[i - 1]?.to ?? 0, from)).slice(-reach)
    return says(before.join(' '), notIssued) ? [] : [iso]
  })
}
