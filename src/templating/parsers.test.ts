import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectLocale, type Locale } from '../values/locale.ts'
import * as parsers from './parsers.ts'

const malaysia = detectLocale('SDN BHD')
const america = detectLocale('USA')

test.each<[parsers.ValueParser, string, unknown, string]>([
  [parsers.text, ' | ABC  SDN.  BHD. _', 'ABC SDN. BHD.', 'ABC SDN. BHD.'],
  [parsers.text, '- (M) Store #2 -', '(M) Store #2', '(M) Store #2'],
  [parsers.money, 'TEH 2 x 1.50 3.00', 3, '3.00'],
  [parsers.money, 'RM 11. 8O', 11.8, 'RM 11.80'],
  [parsers.money, '1.234,56 €', 1234.56, '1.234,56 €'],
  [parsers.money, 'RM 5', 5, 'RM 5'],
  [parsers.money, '(5.00)', -5, '(5.00)'],
  [parsers.money, '6% 0.51', 0.51, '0.51'],
  [parsers.number, '2 x', 2, '2'],
  [parsers.number, '1.234 kg', 1.234, '1.234'],
  [parsers.number, '1,234.5', 1234.5, '1,234.5'],
  [parsers.number, '1.234,5', 1234.5, '1.234,5'],
  [parsers.number, '1.234.567', 1234567, '1.234.567'],
  [parsers.number, '0,5 l', 0.5, '0,5'],
  [parsers.number, '−3', -3, '−3'],
  [parsers.number, 'T-3', 3, '3'],
  [parsers.integer, 'Qty: 1O', 10, '10'],
  [parsers.time, 'at 8:I3 PM', '20:13', '8:13 PM'],
  [parsers.phone, 'Tel: +60 (3) 7955-2020.', '+60 (3) 7955-2020', '+60 (3) 7955-2020'],
  [parsers.boolean, '☑ agreed', true, '☑'],
  [parsers.boolean, 'NO', false, 'NO'],
])('%o reads %j as %j', (parse, raw, value, text) => {
  expect(parse(raw, malaysia)).toEqual({ value, text })
})

test.each<[parsers.ValueParser, string]>([
  [parsers.text, ' | _ '],
  [parsers.money, 'CASH'],
  [parsers.money, '12%'],
  [parsers.money, 'ROOM 1204 B 7'],
  [parsers.number, 'none'],
  [parsers.integer, '1.5'],
  [parsers.date, '31/02/2018'],
  [parsers.time, '12.50'],
  [parsers.phone, '12.50'],
  [parsers.boolean, 'noodles'],
])('%o reads nothing in %j', (parse, raw) => expect(parse(raw, malaysia)).toBeNull())

test.each<[string, Locale, string]>([
  ['Date O2/03/2018 10:00', malaysia, '2018-03-02'],
  ['Date 02/03/2018 10:00', america, '2018-02-03'],
])('reads the date of %j as its country does', (raw, locale, value) => {
  expect(parsers.date(raw, locale)).toEqual({ value, text: '02/03/2018' })
})

test.each(Object.entries(parsers))('%s gives a value or nothing, whatever the text', (_, parse) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
      const parsed = parse(raw, malaysia)
      if (parsed === null) return
      expect(parsed.text).not.toBe('')
      expect(parsed.value).not.toBeNaN()
    }),
  )
})
