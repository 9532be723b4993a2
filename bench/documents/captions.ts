import type { CaptionField } from '../peers/caption-regex.ts'

/** Captions that orders and invoices for broadcast time print; chosen on those of the training folder. */
export const adBuyCaptions: readonly CaptionField[] = [
  {
    pointer: '/contract_number',
    captions: [
      /contract (?:#|no\.?|number)/,
      /order (?:#|no\.?|number)/,
      /invoice (?:#|no\.?|number)/,
      /contract \/ revision/,
      /\border\b/,
    ],
    kind: 'code',
  },
  { pointer: '/advertiser', captions: [/advertiser(?! (?:code|ref|id))/, /client(?! code)/], kind: 'text' },
  {
    pointer: '/gross_amount',
    captions: [/gross (?:amount|total|billing|amt)/, /total gross/, /totals?\b/, /gross/],
    kind: 'amount',
  },
  {
    pointer: '/flight_from',
    captions: [/flight(?: dates?)?/, /contract dates/, /flight start(?: date)?/, /start date/],
    kind: 'date',
    pick: 'first',
  },
  {
    pointer: '/flight_to',
    captions: [/flight(?: dates?)?/, /contract dates/, /flight end(?: date)?/, /end date/],
    kind: 'date',
    pick: 'last',
  },
]

/** What invoices in German, French and English call their values. */
export const invoiceCaptions: readonly CaptionField[] = [
  {
    pointer: '/number',
    captions: [/rechnungs-?(?:nr\.?|nummer)/, /facture (?:n°|no\.?|numéro)/, /invoice (?:no\.?|number|#)/, /rechnung\b/, /facture\b/],
    kind: 'code',
  },
  {
    pointer: '/issued',
    captions: [/rechnungsdatum/, /date de (?:la )?facture/, /invoice date/, /\bdatum\b/, /\bdate\b/, /\bvom\b/],
    kind: 'date',
  },
  { pointer: '/due', captions: [/fällig(?: am)?/, /zahlbar bis/, /échéance/, /due date/, /fälligkeit/], kind: 'date' },
  { pointer: '/seller', captions: [/verkäufer/, /lieferant/, /vendeur/, /seller/], kind: 'text' },
  { pointer: '/seller_vat_id', captions: [/ust-?id(?:-?nr)?\.?/, /n° (?:de )?tva/, /vat (?:id|no\.?)/, /tva intra[a-z.]*/], kind: 'code' },
  { pointer: '/buyer', captions: [/käufer/, /kunde\b/, /client\b/, /acheteur/, /bill to/], kind: 'text' },
  { pointer: '/iban', captions: [/iban/], kind: 'text' },
  { pointer: '/net', captions: [/netto(?:betrag|summe)?/, /total ht/, /montant ht/, /net amount/, /zwischensumme/], kind: 'amount' },
  { pointer: '/tax', captions: [/mwst\.?/, /ust\.?\b/, /umsatzsteuer/, /montant tva/, /\btva\b/, /\bvat\b/], kind: 'amount' },
  { pointer: '/gross', captions: [/brutto(?:betrag|summe)?/, /total ttc/, /montant ttc/, /gesamtbetrag/, /rechnungsbetrag/, /total\b/], kind: 'amount' },
  { pointer: '/payable', captions: [/zahlbetrag/, /zu zahlen(?:der betrag)?/, /net à payer/, /amount due/, /gesamtbetrag/, /rechnungsbetrag/], kind: 'amount' },
] // prettier-ignore
