import { expect, test } from 'vitest'
import { eInvoice, readEInvoice } from './read.ts'
import { cii, said, ubl, zugferd1 } from './samples.case.ts'
import { xmlLimits } from './xml.ts'

const withText = (xml: Buffer, from: string | RegExp, to: string): Buffer =>
  Buffer.from(xml.toString().replace(from, to))

test.each<[string, Buffer]>([
  ['CII', cii()],
  ['ZUGFeRD 1', zugferd1()],
  ['UBL', ubl()],
  ['CII in UTF-16', Buffer.from(`\ufeff${cii().toString().replace('UTF-8', 'UTF-16')}`, 'utf16le')],
  ['CII in Latin-1', Buffer.from(cii().toString().replace('UTF-8', 'ISO-8859-1'), 'latin1')],
])('reads %s', (_, xml) => {
  expect(eInvoice.isFile(xml)).toBe(true)
  expect(readEInvoice(xml)).toEqual(said)
})

test.each<[string, Buffer]>([
  ['UBL', ubl('CreditNote')],
  ['CII', cii({ typeCode: '381' })],
])('a credit note in %s says that it is one', (_, xml) => {
  expect(readEInvoice(xml)).toEqual({ ...said, kind: 'credit-note' })
})

test('every value is a field, and what is not said is null', () => {
  const { fields } = eInvoice.read(withText(cii(), /<ram:DueDateDateTime>.*<\/ram:DueDateDateTime>/, ''))
  expect(fields['/total']).toMatchObject({ value: 38.08, confidence: 1 })
  expect(fields['/lines/1/amount']).toMatchObject({ value: 8 })
  expect(fields['/dueDate']).toMatchObject({ value: null })
})

const laughs = `<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Invoice>&b;</Invoice>`
const outside = `<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY a SYSTEM "file:///etc/passwd">]><Invoice>&a;</Invoice>`

test.each<[string, Buffer, RegExp]>([
  ['entities within entities', Buffer.from(laughs), /DOCTYPE/],
  ['an entity of another file', Buffer.from(outside), /DOCTYPE/],
  ['an entity that nobody declared', withText(cii(), 'RE-20417', '&nbsp;'), /entity/],
  ['XML that is cut off', cii().subarray(0, 2000), /cannot be read/],
  ['XML whose tags cross', withText(cii(), '</ram:ID>', '</ram:TypeCode>'), /cannot be read/],
  ['too deep a nesting', Buffer.from(`<Invoice>${'<a>'.repeat(xmlLimits.depth)}`), /nested/],
  ['too many elements', Buffer.from(`<Invoice>${'<a/>'.repeat(xmlLimits.elements)}</Invoice>`), /elements/],
  ['too many bytes', Buffer.concat([cii(), Buffer.alloc(xmlLimits.bytes, ' ')]), /16 MB/],
  ['bytes of another encoding', Buffer.from(cii().toString(), 'latin1'), /utf-8/i],
  ['an amount that is no number', cii({ total: '38,08' }), /38,08/],
  ['an amount without end', cii({ total: '1e400' }), /1e400/],
  ['a day that is none', withText(cii(), '20240617', '20240231'), /20240231/],
])('%s is E_CORRUPT', (_, xml, why) => {
  expect(() => readEInvoice(xml)).toThrow(expect.objectContaining({ code: 'E_CORRUPT', message: expect.stringMatching(why) })) // prettier-ignore
})

test.each<[string, Buffer]>([
  ['an order', withText(cii(), /CrossIndustryInvoice/g, 'SCRDMCCBDACIOMessageStructure')],
  ['an invoice of no known syntax', Buffer.from('<?xml version="1.0"?><Invoice><ID>1</ID></Invoice>')],
])('%s is E_UNSUPPORTED_TYPE', (_, xml) => {
  expect(() => readEInvoice(xml)).toThrow(expect.objectContaining({ code: 'E_UNSUPPORTED_TYPE' }))
})

test.each<[string, boolean]>([
  ['factur-x.xml', true],
  ['ZUGFeRD-invoice.xml', true],
  ['zugferd-invoice.xml', true],
  ['xrechnung.xml', true],
  ['order-x.xml', false],
  ['factur-x.xml.pdf', false],
])('an attachment %s is taken for an invoice: %s', (name, expected) => {
  expect(eInvoice.isAttachment(name)).toBe(expected)
})

test.each<[string, string]>([
  ['a picture', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a web page', '<?xml version="1.0"?><html></html>'],
  ['a PDF', '%PDF-1.7\n<?xml version="1.0"?>'],
  ['a text', 'Invoice'],
])('%s is no e-invoice by its looks', (_, text) => expect(eInvoice.isFile(Buffer.from(text))).toBe(false))
