import { distance } from 'fastest-levenshtein'

/** What a line of amounts is about. Phrases are lower-case letters only, as `phraseTokens` makes them. */
// prettier-ignore
export const amountPhrases = {
  total: [
    'total', 'totai', 'jumlah', 'summe', 'gesamt', 'totale', 'totaal', 'importe', 'montant', 'amount due',
    'to pay',
  ],
  strongTotal: [
    'grand total', 'total due', 'amount due', 'balance due', 'total payable', 'amount payable', 'nett total',
    'net total', 'total amount', 'total sales inclusive', 'total inclusive', 'total incl', 'total rounded',
    'rounded total', 'total after rounding', 'total rm', 'bill total', 'invoice total', 'total to pay',
    'total sale', 'zu zahlen', 'gesamtbetrag', 'gesamtsumme', 'endbetrag', 'total ttc', 'net a payer',
    'a payer', 'total a pagar', 'importe total', 'jumlah besar', 'nett amount', 'net amount',
    'final total', 'total gst included', 'total with gst', 'total amt incl', 'total inc gst', 'total incl gst',
    'total amount with gst', 'total after rounding adj', 'round total', 'total fare', 'amt due',
    'amt paid incl', 'amount incl', 'amount inc', 'amt payable', 'total amt payable', 'total round',
    'total net', 'amount to pay', 'total charge', 'total charges', 'total bill', 'sales total', 'order total',
  ],
  notTotal: [
    'total qty', 'total quantity', 'total item', 'total items', 'total discount', 'total saving',
    'total savings', 'total gst', 'total tax', 'total excl', 'total excluding', 'total sales excluding',
    'total before', 'total number', 'total disc', 'total pcs', 'total supplies', 'accepted total',
    'total tendered', 'total cash', 'total paid', 'total payment', 'total change', 'total sv', 'total gv',
    'gst total', 'tax total', 'total sst', 'total vat', 'total mwst', 'total tva', 'total points', 'total unit',
    'total ex', 'total pax', 'total sales excl', 'total amt excl', 'total amount excl',
    'total amount excluding', 'total rounding', 'total ht',
  ],
  within: [
    'included in total', 'incl in total', 'total includes', 'included in', 'includes gst', 'includes tax', 'incl in',
    'thereof', 'darin enthalten', 'enthalten', 'dont tva',
  ],
  subtotal: [
    'subtotal', 'sub total', 'sub ttl', 'zwischensumme', 'sous total', 'total excluding', 'total excl',
    'total ht', 'total sales excluding', 'total before tax', 'total before gst', 'net sales',
    'total sales excl', 'netto', 'total amount excluding', 'sub totai', 'subtotai', 'total ex',
  ],
  tax: [
    'tax', 'gst', 'sst', 'vat', 'mwst', 'tva', 'ust', 'iva', 'hst', 'pst', 'sales tax', 'service tax', 'cgst',
    'sgst', 'igst', 'btw', 'ppn',
  ],
  notTax: [
    'tax invoice', 'gst reg', 'gst id', 'gst no', 'tax id', 'gst summary', 'vat reg', 'tax code',
    'gst inclusive',
  ],
  cash: [
    'cash', 'tender', 'tendered', 'paid', 'payment', 'visa', 'mastercard', 'master card', 'amex', 'debit',
    'credit', 'bar', 'gegeben', 'tunai', 'received', 'amount paid', 'especes', 'efectivo', 'card', 'rendered',
    'cash tendered', 'carte', 'accepted total', 'total paid', 'total payment', 'total tendered', 'total cash',
  ],
  change: [
    'rickgeld', 'rueckgeld', 'kembali', 'kembalian', 'zuruck', 'change given',
    'change', 'change due', 'baki', 'ruckgeld', 'rendu', 'cambio', 'your change', 'cash change', 'monnaie',
  ],
  rounding: [
    'rounding', 'round', 'round adj', 'rounding adj', 'rounding adjustment', 'pembulatan', 'roundng', 'rnd',
  ],
  discount: [
    'discount', 'disc', 'less', 'rabatt', 'remise', 'saving', 'savings', 'diskaun', 'you saved', 'voucher',
    'coupon',
  ],
  tip: [
    'tip', 'tips', 'gratuity', 'trinkgeld', 'pourboire', 'propina',
  ],
  fare: ['fare', 'metered fare', 'parking fee', 'flagfall', 'nettobetrag'],
  service: [
    'service charge', 'svc chg', 'serv chg', 'service', 'svc', 'service chg', 'srv chg',
  ],
} as const satisfies Record<string, readonly string[]>

export type AmountRole = keyof typeof amountPhrases

/** Headings below which amounts repeat what was already said. */
export const summaryPhrases = [
  'gst summary',
  'tax summary',
  'vat summary',
  'gst analysis',
  'tax code',
  'tax analysis',
  'sst summary',
]

/** How many letters OCR may have wrong in a word of this length and still be meant. */
const tolerance = (length: number): number => (length >= 8 ? 2 : length >= 5 ? 1 : 0)

const same = (a: string, b: string): boolean =>
  a === b || (Math.abs(a.length - b.length) <= 2 && distance(a, b) <= tolerance(Math.min(a.length, b.length)))

/** Letters only, lower case, accents dropped; "Sub-Total:" becomes sub, total. */
export function phraseTokens(text: string): readonly string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/0/g, 'o')
  return plain.match(/[a-z!|]{2,}/g)?.map((t) => t.replace(/[!|]/g, 'l')) ?? []
}

function contains(tokens: readonly string[], phrase: readonly string[]): boolean {
  return tokens.some((_, at) => phrase.every((word, i) => same(tokens[at + i] ?? '', word)))
}

const known = new Map<string, readonly string[]>()

/** Phrases are few and asked for on every line. */
function tokensOf(phrase: string): readonly string[] {
  const tokens = known.get(phrase) ?? phraseTokens(phrase)
  known.set(phrase, tokens)
  return tokens
}

/** Whether a line says one of the phrases, OCR slips forgiven. */
export function says(text: string, phrases: readonly string[]): boolean {
  const tokens = phraseTokens(text)
  return phrases.some((phrase) => contains(tokens, tokensOf(phrase)))
}

/** Everything a line is about. */
export function rolesOf(text: string): ReadonlySet<AmountRole> {
  const roles = Object.keys(amountPhrases) as AmountRole[]
  return new Set(roles.filter((role) => says(text, amountPhrases[role])))
}
