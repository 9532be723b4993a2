import { expect, test } from 'vitest'
import { pageOf } from '../../core/page.case.ts'
import type { OcrPage } from '../../core/document.ts'
import type { JsonPointer } from '../../core/extraction.ts'
import { contextOf, template } from '../template.ts'
import { anchor } from '../anchor.ts'
import { money } from '../parsers.ts'
import { draftTemplate, type Draft } from './draft.ts'
import type { SchemaField } from './fields.ts'
import { parseVendorTemplate, templateLimits } from './parse.ts'
import { writeDraft } from './write.ts'

const page = pageOf(`
KEDAI MAJU SDN BHD
Lot 7, Jalan Besar
10050 Penang
Bil: 42            Meja: 5
03 Apr 2018     8:13 PM
2 Nasi Lemak      9.00
1 Teh Tarik       1.00
Subtotal         10.00
Cukai             0.60
Perlu bayar  RM  10.60
Kad              10.60`)

const fields = new Map<JsonPointer, SchemaField>([
  ['/merchant/name', { kind: 'field', as: 'text' }],
  ['/merchant/address', { kind: 'field', as: 'text' }],
  ['/table', { kind: 'field', as: 'number' }],
  ['/date', { kind: 'field', as: 'date' }],
  ['/time', { kind: 'field', as: 'time' }],
  ['/items', { kind: 'records', columns: { description: 'text', quantity: 'number', amount: 'money' } }],
  ['/tax', { kind: 'field', as: 'money' }],
  ['/tip', { kind: 'field', as: 'money' }],
  ['/total', { kind: 'field', as: 'money' }],
  ['/note', { kind: 'field', as: 'text' }],
])

const truth = {
  merchant: { name: 'Kedai Maju Sdn Bhd', address: 'Lot 7, Jalan Besar 10050 Penang' },
  table: 5,
  date: '2018-04-03',
  time: '20:13',
  items: [
    { description: 'Nasi Lemak', quantity: 2, amount: 9 },
    { description: 'Teh Tarik', quantity: 1, amount: 1 },
  ],
  tax: 0.6,
  tip: null,
  total: 10.6,
  note: 'Sila datang lagi',
}

function draftOf(pages: readonly OcrPage[] = [page], known = truth): Draft {
  const reading = { pages, entities: [] }
  const usual = template({ '/total': anchor('Perlu bayar', { as: money }) }).fill(reading)
  return draftTemplate({ type: 'bill', fields, truth: known, context: contextOf(reading), usual })
}

const wayTo = (pointer: string, draft = draftOf()) => draft.fields.find((field) => field.pointer === pointer)

test('each field has the plainest way that reads it', () => {
  expect(wayTo('/merchant/name')!.way).toEqual({ text: ['Kedai Maju Sdn Bhd'] })
  expect(wayTo('/merchant/address')!.way).toEqual({ text: ['Lot 7, Jalan Besar 10050 Penang'] })
  expect(wayTo('/table')!.way).toEqual({ anchor: ['Meja'] })
  expect(wayTo('/date')!.way).toEqual({ regex: '(\\d{1,2} ?\\pL+ ?\\d{4})' })
  expect(wayTo('/tax')!.way).toEqual({ anchor: ['Cukai'] })
  expect(wayTo('/total')!.way).toEqual({ anchor: ['Perlu bayar RM'] })
})

test('a time takes its half of the day along', () => {
  expect(wayTo('/time')!.way!.regex).toMatch(/^\(\\d\{1,2\}:\\d\{1,2\}\(\?: \?\[AaPp\]/)
})

test('the lines are a table between texts, its columns between the words beside them', () => {
  const { table } = wayTo('/items')!.way!
  expect(table).toMatchObject({ starts: 'amount', from: ['Bil'], to: expect.arrayContaining(['Subtotal']) })
  expect(Object.keys(table!.columns)).toEqual(['description', 'quantity', 'amount'])
  expect(wayTo('/items')!.note).toBe('reads 6 of the 6 values of this document')
})

test('what is not there has no way, and a reason', () => {
  expect(wayTo('/tip')).toEqual({ pointer: '/tip', way: null, note: 'is not printed on this document' })
  expect(wayTo('/note')).toMatchObject({ way: null, note: '"Sila datang lagi" was not read on the page' })
})

test('two fields never share a way, and equal values ask for a look', () => {
  const draft = draftOf([page], { ...truth, tip: 10.6 } as unknown as typeof truth)
  expect(wayTo('/total', draft)!.way).toEqual({ anchor: ['Perlu bayar RM'] })
  expect(wayTo('/tip', draft)!.way).toEqual({ anchor: ['Kad'] })
  expect(wayTo('/tip', draft)!.note).toContain('in 2 places')
})

test('without text beside them or a shape, values are found by the lines around them', () => {
  const [first, ...rest] = page.lines
  const odd = pageOf('MENU\n42\nHARI INI')
  const pages = [
    { page: 1, lines: [first!, ...rest] },
    { ...odd, page: 2 },
  ]
  const draft = draftOf(pages, { ...truth, table: 42 })
  expect(wayTo('/table', draft)!.way).toEqual({ anchor: ['Bil'] })
  const alone = draftOf([odd], { ...truth, table: 42 })
  expect(wayTo('/table', alone)!.way).toEqual({ anchor: ['MENU'] })
  const below = draftOf([pageOf('9 8 7\n42\nHARI INI')], { ...truth, table: 42 })
  expect(wayTo('/table', below)!.way).toEqual({ region: { above: ['HARI INI'], rows: 1 } })
})

const longAddress = Array.from({ length: 12 }, (_, i) => `Lorong Mawar Melati ${i + 1}`)

/** Of a text that is longer than a template may say. */
const wide = pageOf(`KEDAI MAJU SDN BHD\n${longAddress.join('\n')}\nTel 5550\nTotal  10.60`)

test.each([
  ['an address that is too long', { merchant: { name: 'Kedai Maju', address: longAddress.join(' ') } }],
  ['a blank name', { merchant: { name: '  ', address: null } }],
  ['a name that is too long', { merchant: { name: `Kedai Maju ${'Sdn '.repeat(90)}`, address: null } }],
  ['a name without letters', { merchant: { name: '***', address: null } }],
  ['a text too long to be told', { note: 'x'.repeat(templateLimits.bytes) }],
  ['a name that steers', { merchant: { name: 'Kedai\u0000\u0007\u2028Maju\ud800', address: null } }],
])('%s makes no draft that is refused', (_, own) => {
  const draft = draftOf([wide], { ...truth, ...own } as typeof truth)
  const read = parseVendorTemplate(writeDraft(draft, 'a'), 'a')
  expect(read).toMatchObject({ match: draft.match, fields: { '/total': [{ anchor: ['Total'] }] } })
})

test('an address that is too long is found by the lines around it', () => {
  const known = { ...truth, merchant: { name: 'Kedai Maju', address: longAddress.join(' ') } }
  expect(wayTo('/merchant/address', draftOf([wide], known))!.way).toEqual({
    region: { below: ['KEDAI MAJU SDN BHD'], above: ['Tel'] },
  })
})

test('a date of the vendor is no text that is always the same', () => {
  const fields = new Map<JsonPointer, SchemaField>([['/merchant/date', { kind: 'field', as: 'date' }]])
  const printed = { merchant: { date: '2018-04-03' } }
  const usual = { data: {}, fields: {}, violations: [] }
  const context = contextOf({ pages: [pageOf('Sejak 2018-04-03')], entities: [] })
  const { fields: drafted } = draftTemplate({ type: 'bill', fields, truth: printed, context, usual })
  expect(drafted[0]!.way).toEqual({ anchor: ['Sejak'] })
})

test('fields that a template may not have are left to the type', () => {
  const pointers = Array.from({ length: 105 }, (_, i) => `/merchant/name${i}` as JsonPointer)
  const long: JsonPointer = `/merchant/${'x'.repeat(200)}`
  const fields = new Map([long, ...pointers].map((p) => [p, { kind: 'field', as: 'text' } as const]))
  const names = Object.fromEntries([...fields.keys()].map((p) => [p.split('/').at(-1)!, 'Kedai Maju']))
  const usual = { data: {}, fields: {}, violations: [] }
  const context = contextOf({ pages: [page], entities: [] })
  const draft = draftTemplate({ type: 'bill', fields, truth: { merchant: names }, context, usual })
  expect(draft.fields[0]).toEqual({ pointer: long, way: null, note: 'is more than a template may say' })
  const read = parseVendorTemplate(writeDraft(draft, 'a'), 'a')
  expect(Object.keys(read.fields)).toEqual(pointers.slice(0, 100))
})

test('is a file that can be read back, whatever the document says', () => {
  const text = writeDraft(draftOf(), 'scan\n1.jpg')
  const { name, vendor, match, fields: read } = parseVendorTemplate(text, 'maju')
  expect({ name, vendor, match }).toEqual({
    name: 'maju',
    vendor: 'Kedai Maju Sdn Bhd',
    match: ['Kedai Maju Sdn Bhd'],
  })
  expect(Object.keys(read)).toEqual(draftOf().fields.flatMap(({ pointer, way }) => (way ? [pointer] : [])))
  expect(text).toContain('# Drafted from scan 1.jpg.')
  const hostile = { ...truth, merchant: { ...truth.merchant, name: 'X: "#\n- &a *b' }, note: 'a\nb: c' }
  expect(() => parseVendorTemplate(writeDraft(draftOf([page], hostile), 'a'), 'a')).not.toThrow()
})
