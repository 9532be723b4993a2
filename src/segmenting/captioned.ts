/** What a number of a document is called, in the letters that `captionOf` leaves. */
const captions: ReadonlySet<string> = new Set(
  `no nr num number nummer numero numer nomor id ref reference referenz invoice inv receipt rcpt bill rechnung rechnungsnr rechnungsnummer
  facture factura fattura fatura faktura factuur resit nota order bestellung auftrag commande pedido ordine contract vertrag contrat
  ticket doc document dokument beleg belegnr bon slip trans transaction txn check chk quote offer angebot delivery lieferschein
  case file policy claim permit license voucher booking reservation`
    .trim()
    .split(/\s+/),
) // prettier-ignore

/** What tells who issued a document, or where, and not which it is. */
const ofIssuers: ReadonlySet<string> = new Set(
  `gst sst vat tax ust mwst tva iva reg registration company co roc ssm brn abn ein siret siren tel telefon phone fax hp mobile account acct
  konto kunden customer member table cashier counter terminal pos till store branch shop outlet`
    .trim()
    .split(/\s+/),
) // prettier-ignore

const plain = (text: string): string => text.normalize('NFD').replace(/\P{L}/gu, '').toLowerCase()

/** Letters and digits with at least three of the latter; no amount, no date, no time, no phone number with its spaces. */
const isNumber = (text: string): boolean =>
  (text.match(/\d/g)?.length ?? 0) >= 3 &&
  /^[#(]?[\p{L}\d][\p{L}\d/_-]*[).,]?$/u.test(text) &&
  !/^\d{1,4}[/-]\d{1,2}[/-]\d{1,4}$/.test(text)

/** Words before a number in which its caption is looked for. */
const reach = 3

/** The words before a number, if one of them says that it is one. */
function captionOf(before: readonly string[]): string | null {
  const words = before
    .slice(-reach)
    .flatMap((word) => word.split(/[.:#/°º]+/).map(plain))
    .filter(Boolean)
  if (words.some((word) => ofIssuers.has(word))) return null
  const from = words.findIndex((word) => captions.has(word))
  return from < 0 ? null : words.slice(from).join(' ')
}

/**
 * Numbers by what a line calls them, so that those of one caption can be compared.
 * @example numbersOn('Invoice No: QI-10417') // [['invoice no', 'QI10417']]
 */
export function numbersOn(text: string): readonly (readonly [caption: string, number: string])[] {
  const words = text.replace(/([:#])(?=\S)/g, '$1 ').split(/\s+/)
  return words.flatMap((word, i) => {
    const caption = isNumber(word) ? captionOf(words.slice(0, i)) : null
    return caption === null ? [] : [[caption, word.replace(/[^\p{L}\d]/gu, '').toUpperCase()] as const]
  })
}
