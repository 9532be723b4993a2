import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { anchor, labelSpan, type AnchorOptions } from './anchor.ts'
import { date, money } from './parsers.ts'
import { contextOf } from './rules.case.ts'

const find = (page: string, label: string, options?: AnchorOptions) =>
  anchor(label, options)
    .find(contextOf([pageOf(page)]))
    .map((f) => f.value)

test.each<[string, string, string, AnchorOptions, unknown[]]>([
  ['to the right', 'Invoice No: A-17', 'Invoice No', {}, ['A-17']],
  ['across a gap', 'Total             RM 12.50', 'Total', { as: money }, [12.5]],
  ['after an OCR slip', 'lnvoice No A-17', 'Invoice No', {}, ['A-17']],
  ['written as one word', 'INVOICENO: A-17', 'invoice no', {}, ['A-17']],
  ['by another wording', 'Inv. # A-17', 'Invoice No', { or: ['Inv'] }, ['# A-17']],
  [
    'below the label',
    'Date          Customer\n02/03/2018    Ms Tan',
    'Date',
    { as: date },
    ['2018-03-02', '2018-02-03'],
  ],
  ['after a label that is longer than one like it', 'Delivery note no: 17', 'Delivery note no', {}, ['17']],
  ['below, not beside', 'No      Customer\n17      Ms Tan', 'Customer', {}, ['Ms Tan']],
  ['every time', 'Total 1.00\nTotal 2.00', 'Total', { as: money }, [1, 2]],
])('finds a value %s', (_, page, label, options, values) => {
  expect(find(page, label, options)).toEqual(values)
})

test.each<[string, string, string, AnchorOptions]>([
  ['the label is missing', 'Cash 5.00', 'Total', { as: money }],
  ['a short label has a slip', 'Tofal 5.00', 'Total', { as: money }],
  ['the value does not parse', 'Total due soon', 'Total', { as: money }],
  ['nothing follows', 'Invoice No', 'Invoice No', {}],
  ['the label has no letters', '- 5.00', '–', {}],
])('finds nothing when %s', (_, page, label, options) => expect(find(page, label, options)).toEqual([]))

test('says where the value stands, less sure than the engine', () => {
  const page = pageOf('Ref\nInvoice No: A-17', { page: 2, confidence: 0.8 })
  const [found] = anchor('Invoice No').find(contextOf([page]))
  expect(found).toEqual({
    value: 'A-17',
    text: 'A-17',
    page: 2,
    words: [page.lines[1]!.words[2]],
    confidence: expect.closeTo(0.85 * 0.8, 9),
  })
})

test.each([
  ['THE GRAND TOTAL 5.00', 'Grand Total', { from: 1, to: 3 }],
  ['Sub-Total: 5.00', 'subtotal', { from: 0, to: 1 }],
  ['Betrag für Getränke', 'fur getranke', { from: 1, to: 3 }],
  ['Totally 5.00', 'Total', null],
])('the label in %j', (line, label, span) => {
  expect(labelSpan(pageOf(line).lines[0]!, label)).toEqual(span)
})
