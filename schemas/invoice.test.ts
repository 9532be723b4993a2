import { describe, expect, test } from 'vitest'
import { pageOf } from '../src/core/page.case.ts'
import { loadType } from '../src/document-types/load.ts'
import invoice, { invoiceSchema, type Invoice } from './invoice.ts'

const { type } = await loadType('invoice', '.')

const page = `
Nordwerk Beschläge GmbH
Hafenstr. 12, 24103 Kiel

Brandt & Söhne KG                              Rechnungsnummer  RE-20417
Lindenweg 4                                    Rechnungsdatum   17.06.2024
80331 München                                  Fällig am        01.07.2024

Bezeichnung                 Menge       Einzelpreis      Betrag
Winkel, verzinkt                2             12,00       24,00
Griff                           1              8,00        8,00

                                Nettobetrag               32,00
                                MwSt. 19 %                 6,08
                                Gesamtbetrag          38,08 EUR

IBAN DE02 1203 0000 0000 2020 51   USt-IdNr. DE123456789
`

test('a page is read by what invoices call their values', () => {
  const { data } = type.template.fill({ pages: [pageOf(page)], entities: [] })
  expect(data).toMatchObject({
    number: 'RE-20417',
    date: '2024-06-17',
    dueDate: '2024-07-01',
    seller: { name: 'Nordwerk Beschläge GmbH' },
    buyer: { name: 'Brandt & Söhne KG' },
    currency: 'EUR',
    net: 32,
    tax: 6.08,
    total: 38.08,
    amountDue: 38.08,
    iban: 'DE02 1203 0000 0000 2020 51',
    lines: [
      { description: 'Winkel, verzinkt', quantity: 2, unitPrice: 12, amount: 24 },
      { description: 'Griff', quantity: 1, unitPrice: 8, amount: 8 },
    ],
  })
})

describe('rules', () => {
  const party = { name: 'Nordwerk', address: null, vatId: null }
  const line = (amount: number | null) => ({ description: 'Griff', quantity: 1, unitPrice: null, amount })
  const sound: Invoice = invoiceSchema.parse({
    kind: 'invoice',
    number: '1',
    date: '2024-06-17',
    dueDate: '2024-07-01',
    seller: party,
    buyer: party,
    currency: 'EUR',
    net: 32,
    tax: 6.08,
    total: 38.08,
    amountDue: 38.08,
    iban: null,
    lines: [line(24), line(8)],
  })
  const codes = (changed: Partial<Invoice>): readonly string[] =>
    invoice.rules.flatMap((rule) => rule({ ...sound, ...changed })).map(({ code }) => code)

  test.each<[string, Partial<Invoice>, readonly string[]]>([
    ['a sound invoice', {}, []],
    ['a tax that is not known', { tax: null }, []],
    ['a cent of rounding', { total: 38.09 }, []],
    ['a discount on all of it', { net: 28, tax: 5.32, total: 33.32 }, []],
    ['a total that is not net and tax', { total: 83.08 }, ['TOTAL_MISMATCH']],
    ['lines of another invoice', { lines: [line(240), line(8)] }, ['LINES_MISMATCH']],
    ['a line without amount', { lines: [line(240), line(null)] }, []],
    ['a day due before that of issue', { dueDate: '2024-06-01' }, ['DUE_BEFORE_ISSUE']],
  ])('%s', (_, changed, expected) => expect(codes(changed)).toEqual(expected))
})
