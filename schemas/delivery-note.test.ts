import { expect, test } from 'vitest'
import { pageOf } from '../src/core/page.case.ts'
import { openTagger } from '../src/ner/open-tagger.ts'
import deliveryNote from './delivery-note.ts'

async function read(...pages: readonly string[]) {
  const read = pages.map((text, i) => pageOf(text, { page: i + 1 }))
  const entities = (await (await openTagger(deliveryNote))?.tag(read)) ?? []
  return deliveryNote.template.fill({ pages: read, entities }).data
}

test('an English note over two pages', async () => {
  const first = `
  Harrow & Finch Timber Ltd
  DELIVERY NOTE
  Delivery note no: DN-20418          Date: 14 March 2026
  Order no: PO-7731                   Customer no: C1092

  Article     Description                      Qty     Unit
  T-140       Larch board 28 x 140              60     pcs
  S-5X60      Screws 5 x 60, stainless           4     box`
  const second = `
  F-200       Roofing felt                       3     roll

  Received in good order: 3 pallets`
  expect(await read(first, second)).toEqual({
    number: 'DN-20418',
    date: '2026-03-14',
    order: 'PO-7731',
    customer: 'C1092',
    items: [
      { article: 'T-140', description: 'Larch board 28 x 140', quantity: 60, unit: 'pcs' },
      { article: 'S-5X60', description: 'Screws 5 x 60, stainless', quantity: 4, unit: 'box' },
      { article: 'F-200', description: 'Roofing felt', quantity: 3, unit: 'roll' },
    ],
    packages: 3,
  })
})

test('a German one, of which the day of delivery counts', async () => {
  const page = `
  Müller Backwaren GmbH
  Lieferschein-Nr. 88213              Lieferdatum: 03.11.2025
  Bestellnummer: 4711                 Datum: 01.11.2025

  Artikel     Bezeichnung                    Menge    Einheit
  1001        Roggenbrot 1 kg                   24    Stk
  1007        Brezel                           120    Stk`
  expect(await read(page)).toMatchObject({
    number: '88213',
    date: '2025-11-03',
    order: '4711',
    items: [
      { article: '1001', description: 'Roggenbrot 1 kg', quantity: 24, unit: 'Stk' },
      { article: '1007', description: 'Brezel', quantity: 120, unit: 'Stk' },
    ],
  })
})

test('a page that prints none of it', async () => {
  expect(await read('Thank you for your visit')).toMatchObject({ number: null, date: null, items: [] })
})

test('what was delivered is no negative number', () => {
  const items = [{ article: null, description: 'Tea', quantity: -1, unit: null }]
  const data = { number: '1', date: null, order: null, customer: null, items, packages: null }
  expect(deliveryNote.rules.flatMap((rule) => rule(data))).toEqual([
    expect.objectContaining({ code: 'QUANTITY_NEGATIVE', field: '/items/0/quantity' }),
  ])
})
