import { expect, test } from 'vitest'
import { pageOf } from '../../core/page.case.ts'
import { templateFromSchema } from '../../document-types/schema-template.ts'
import type { Entity } from '../../core/engines.ts'
import type { OcrPage } from '../../core/document.ts'

const words = { type: ['string', 'null'] }
const schema = {
  type: 'object',
  properties: {
    seller: { type: 'object', properties: { name: words } },
    buyer: { type: 'object', properties: { name: words } },
  },
}
const template = templateFromSchema(schema, 'invoice')

/** What a model says: the words of a page from one text on, and how sure it is. */
function said(page: OcrPage, label: string, text: string, confidence: number): Entity {
  const all = page.lines.flatMap((line) => line.words)
  const own = text.split(' ')
  const at = all.findIndex((_, i) => own.every((word, n) => all[i + n]?.text === word))
  return { label, page: 1, words: all.slice(at, at + own.length), confidence, group: null }
}

const names = (page: OcrPage, ...entities: readonly Entity[]) => {
  const { data } = template.fill({ pages: [page], entities }) as {
    data: { seller: { name: string }; buyer: { name: string } }
  }
  return [data.seller.name, data.buyer.name]
}

const letter = pageOf(`
Nordwerk Beschläge
Hafenstr. 12
24103 Kiel

Nordwerk Beschläge - Hafenstr. 12 - 24103 Kiel
Ada Feldmann
Lindenweg 4
80331 München

Pos    Bezeichnung           Menge    Betrag
1      Winkel Nordstern          2     24,00
2      Griff Sattel              1      8,00
Nettobetrag                            32,00

Bank: Hansebank Kiel
`)

test('a name among the lines of a table is no sender, however sure a model is of it', () => {
  expect(names(letter, said(letter, '/seller/name', 'Winkel Nordstern', 0.9))).toEqual([
    'Nordwerk Beschläge',
    'Ada Feldmann',
  ])
})

test('the sender in the window of a letter is not who it is sent to', () => {
  const sender = said(letter, '/buyer/name', 'Nordwerk Beschläge - Hafenstr. 12', 0.8)
  expect(names(letter, sender)).toEqual(['Nordwerk Beschläge', 'Ada Feldmann'])
})

test('who is named below the sums is less likely who is billed', () => {
  const bank = said(letter, '/buyer/name', 'Hansebank Kiel', 0.6)
  const own = said(letter, '/buyer/name', 'Ada Feldmann', 0.4)
  expect(names(letter, bank, own)[1]).toBe('Ada Feldmann')
})

test("a sender's address is cut off where the name also stands alone", () => {
  const whole = said(letter, '/seller/name', 'Nordwerk Beschläge - Hafenstr. 12', 0.9)
  expect(names(letter, whole)[0]).toBe('Nordwerk Beschläge')
})
