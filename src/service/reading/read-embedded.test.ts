import { expect, test } from 'vitest'
import invoice from '../../../schemas/invoice.ts'
import type { Document } from '../../core/document.ts'
import type { DocumentType } from '../../core/document-type.ts'
import type { OcrEngine } from '../../core/engines.ts'
import { loadType } from '../../document-types/load.ts'
import { cii, said, ubl } from '../../e-invoices/samples.case.ts'
import { loadDocument } from '../../imaging/load.ts'
import { pdfWithAttachments } from '../../imaging/test-attachments.ts'
import { embeddedExtraction, embeddedIn } from './read-embedded.ts'

const { type } = await loadType('invoice', '.')

const printed = [
  'Nordwerk Beschl\u00e4ge GmbH',
  'Hafenstr. 12',
  '24103 Kiel',
  'USt-IdNr. DE123456789',
  'Brandt & S\u00f6hne KG',
  'Lindenweg 4',
  '80331 M\u00fcnchen',
  'USt-IdNr. DE987654321',
  'Rechnungsnummer RE-20417      Datum 17.06.2024',
  '2 Winkel, verzinkt   12,00   24,00',
  '1 Griff   8,00   8,00',
  'Nettobetrag 32,00',
  'MwSt 6,08',
  'Gesamtbetrag 38,08 \u20ac',
  'Zahlbar bis 01.07.2024',
  'IBAN DE02 1203 0000 0000 2020 51',
]

/** An engine that reads what the layers of the pages say. */
const readingLayers = ({ pages }: Document): OcrEngine => ({
  name: 'layers',
  revision: '1',
  uprightConfidence: 0,
  knownScriptConfidence: null,
  digitConfusions: {},
  recognize: async ({ number }) => {
    const words = pages.find((page) => page.number === number)?.layer?.words ?? []
    return { page: number, lines: words.map((word) => ({ box: word.box, words: [word] })) }
  },
})

const hybrid = (xml: Buffer, lines = printed, name = 'factur-x.xml'): Buffer =>
  pdfWithAttachments(lines, [{ name, bytes: xml }])

async function read(bytes: Buffer, of: DocumentType = type) {
  const found = await embeddedIn(bytes, of)
  if (!found.candidate) throw new Error(found.doubts.map(({ message }) => message).join())
  const document = found.hasPages ? await loadDocument(bytes) : null
  return embeddedExtraction(found.candidate, of, document && { document, ocr: readingLayers(document) })
}

test('the invoice type takes electronic invoices', () => expect(invoice.embedded?.name).toBe('e-invoice'))

test.each([
  ['CII', cii()],
  ['UBL', ubl()],
])('a file that is an invoice in %s stands alone', async (_, xml) => {
  const { path, data, violations, producedBy } = await read(xml)
  expect({ path, data, violations, producedBy }).toEqual({
    path: 'embedded',
    data: said,
    violations: [],
    producedBy: { 'e-invoice': '1' },
  })
})

test('what a PDF holds is held against its page, which prints it in its own way', async () => {
  const { data, violations, fields } = await read(hybrid(cii()))
  expect(data).toEqual(said)
  expect(violations).toEqual([])
  expect(fields['/total']).toMatchObject({ value: 38.08, confidence: 1 })
})

test('a value that no page prints is flagged', async () => {
  const lines = printed.map((line) => line.replace('38,08', '83,08').replace('RE-20417', 'RE-77777'))
  const { data, violations } = await read(hybrid(cii(), lines))
  expect(data).toEqual(said)
  expect(violations.map(({ code, field }) => [code, field])).toEqual([
    ['PAGE_DIFFERS', '/number'],
    ['PAGE_DIFFERS', '/total'],
    ['PAGE_DIFFERS', '/amountDue'],
  ])
})

test('a page without text is flagged: nobody has seen what it shows', async () => {
  const { violations } = await read(hybrid(cii(), []))
  expect(violations).toMatchObject([{ code: 'E_NO_TEXT', field: null }])
})

test.each<[string, Buffer, RegExp]>([
  ['broken XML', hybrid(cii().subarray(0, 900)), /cannot be read/],
  ['an order', hybrid(Buffer.from('<?xml version="1.0"?><Order/>')), /no invoice/],
  ['entities', hybrid(Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')), /DOCTYPE/],
  ['a currency that is none', hybrid(cii({ currency: 'Euros' })), /currency/],
  ['two invoices', pdfWithAttachments(printed, [{ name: 'factur-x.xml', bytes: cii() }, { name: 'xrechnung.xml', bytes: ubl() }]), /2 attachments/], // prettier-ignore
])('a PDF that holds %s is read by its pages, and flagged', async (_, pdf, why) => {
  const { candidate, ...rest } = await embeddedIn(pdf, type)
  expect(candidate).toBeNull()
  expect(rest).toMatchObject({ doubts: [{ code: 'EMBEDDED_UNREADABLE', field: null, message: expect.stringMatching(why) }] }) // prettier-ignore
})

test.each<[string, Buffer]>([
  ['other attachments', hybrid(cii(), printed, 'order-x.xml')],
  ['no attachment', pdfWithAttachments(printed, [])],
  ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
])('%s say nothing', async (_, bytes) => {
  expect(await embeddedIn(bytes, type)).toEqual({ candidate: null, doubts: [] })
})

test('a type that takes no such data never looks', async () => {
  const { type: receipt } = await loadType('receipt', '.')
  expect(await embeddedIn(cii(), receipt)).toEqual({ candidate: null, doubts: [] })
})

test('a file that is nothing but broken XML is an error', async () => {
  await expect(embeddedIn(cii().subarray(0, 900), type)).rejects.toMatchObject({ code: 'E_CORRUPT' })
})
