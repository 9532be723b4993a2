import { expect, test } from 'vitest'
import {
  concepts,
  conceptsOf,
  continuesCaption,
  knownCaptions,
  lexicons,
  lexiconSchema,
  spellingsOf,
} from './lexicon.ts'
import { spell, wordsOfName } from './spelling.ts'

test('every language has the words that documents need most', () => {
  expect(lexicons.map(({ language }) => language)).toEqual(
    ['da', 'de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'sv'],
  ) // prettier-ignore
  for (const { captions } of lexicons)
    for (const concept of [
      'invoiceNumber',
      'date',
      'dueDate',
      'seller',
      'buyer',
      'net',
      'tax',
      'total',
      'quantity',
    ] as const)
      expect(captions[concept]!.length).toBeGreaterThan(0)
  expect(concepts.every((concept) => spellingsOf(concept).length > 0)).toBe(true)
})

test.each([
  ['Rechnungs-Nr.', 'invoiceNumber'],
  ['N° de facture', 'invoiceNumber'],
  ['FECHA DE VENCIMIENTO', 'dueDate'],
  ['Te betalen', 'amountDue'],
  ['Att betala', 'amountDue'],
  ['Partita IVA', 'vatId'],
] as const)('"%s" is a caption for %s', (caption, concept) => {
  expect(conceptsOf(spell(caption)).has(concept)).toBe(true)
  expect(knownCaptions.has(spell(caption))).toBe(true)
})

test('words with which captions go on', () => {
  expect(['Code', 'Datum', 'número', 'Hollowick'].map(continuesCaption)).toEqual([true, true, true, false])
})

test.each([
  ['an unknown language', { language: 'zz', captions: {}, continues: [] }],
  ['no language', { language: 'english', captions: {}, continues: [] }],
  ['an unknown concept', { language: 'en', captions: { colour: ['Colour'] }, continues: [] }],
  ['a concept without captions', { language: 'en', captions: { date: [] }, continues: [] }],
  ['a caption without letters', { language: 'en', captions: { date: ['#'] }, continues: [] }],
  ['a key too many', { language: 'en', captions: {}, continues: [], words: [] }],
])('refuses a lexicon with %s', (_, lexicon) => expect(lexiconSchema.safeParse(lexicon).success).toBe(false))

test.each([
  ['invoiceNumber', ['invoice', 'number']],
  ['invoice_number', ['invoice', 'number']],
  ['sellerVATId', ['seller', 'vat', 'id']],
  ['line2Amount', ['line2', 'amount']],
  ['Due-Date', ['due', 'date']],
])('the words of %s', (name, words) => expect(wordsOfName(name)).toEqual(words))

test.each([
  [['Invoice No.', 'INVOICE NUMBER:', 'Inv. Nr', 'invoice №']],
  [['Qty', 'QUANTITY', 'quantity.']],
  [['N° de facture', 'No de facture', 'no. de facture']],
])('captions that are spelled alike: %j', (captions) => expect(new Set(captions.map(spell)).size).toBe(1))
