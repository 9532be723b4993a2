import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectLocale, type Locale } from '../values/locale.ts'
import * as parsers from './parsers.ts'

const malaysia = detectLocale('SDN BHD')
const america = detectLocale('Austin, TX 78701')

test.each<[parsers.ValueParser, string, unknown, string]>([
  [parsers.text, ' | ABC  SDN.  BHD. _', 'ABC SDN. BHD.', 'ABC SDN. BHD.'],
  [parsers.text, '- (M) Store #2 -', '(M) Store #2', '(M) Store #2'],
  [parsers.money, 'TEH 2 x 1.50 3.00', 3, '3.00'],
  [parsers.money, 'RM 11. 8O', 11.8, 'RM 11.80'],
  [parsers.money, '1.234,56 €', 1234.56, '1.234,56 €'],
  [parsers.money, 'RM 5', 5, 'RM 5'],
  [parsers.money, '(5.00)', -5, '(5.00)'],
  [parsers.money, '6% 0.51', 0.51, '0.51'],
  [parsers.money, '₹360', 360, '₹360'],
  [parsers.money, '1,500/-', 1500, '1,500/-'],
  [parsers.money, '1,240/ -', 1240, '1,240/ -'],
  [parsers.money, '3 038,14', 3038.14, '3 038,14'],
  [parsers.money, "1'234.50", 1234.5, "1'234.50"],
  [parsers.money, '1\u202f234,50 €', 1234.5, '1\u202f234,50 €'],
  [parsers.money, '12.–', 12, '12.–'],
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
  expect(parsers.date(raw, locale)).toMatchObject({
    value,
    text: '02/03/2018',
    certainty: expect.closeTo(0.96, 1),
  })
  expect(parsers.date(raw, locale)?.doubt).toBeUndefined()
})

test('a date whose order nothing tells is doubted, with the other beside it', () => {
  expect(parsers.date('02/03/2018', detectLocale(''))).toMatchObject({
    value: '2018-03-02',
    certainty: expect.closeTo(0.6),
    others: [{ value: '2018-02-03', certainty: expect.closeTo(0.4) }],
    doubt: { code: 'DATE_ORDER_UNCERTAIN', message: expect.stringContaining('2018-03-02 or 2018-02-03') },
  })
})

test.each(['03/03/2018', '25/03/2018', '2 Mar 2018', '2018-03-02'])('%s is sure anywhere', (raw) => {
  const parsed = parsers.date(raw, detectLocale(''))
  expect(parsed).toEqual({ value: expect.any(String), text: raw })
})

test('points between speak for the day before the month', () => {
  const [points, slashes] = ['02.03.2018', '02/03/2018'].map(
    (raw) => parsers.date(raw, detectLocale(''))!.certainty,
  )
  expect(points).toBeGreaterThan(slashes!)
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
