import { expect, test } from 'vitest'
import type { Scalar } from '../core/extraction.ts'
import { isMissing, isSame, isSameBy, kindOf, type FieldKind } from './same.ts'

const said = (value: Scalar, text: string | null = null) => ({ value, text })

test.each<[FieldKind, Scalar, Scalar, boolean]>([
  ['text', 'Book Ta.K (Taman Daya) Sdn. Bhd.', 'BOOK TA .K (TAMAN DAYA) SDN BHD', true],
  ['text', 'BOOK TAK', 'BOOK TA', false],
  ['text', 'CAFÉ ZÜRICH', 'café zürich', true],
  ['text', 'Cafe', 'CAFÉ', false],
  ['text', 'Straße 5', 'STRASSE 5', true],
  ['text', '東京 カフェ', '東京カフェ', true],
  ['text', '***', '###', false],
  ['text', 9, '9.00', true],
  ['amount', 9, '9.00', true],
  ['amount', 1234.5, 'RM 1,234.50', true],
  ['amount', '7.60', '$7.60', true],
  ['amount', 9.01, 9, false],
  ['amount', 0.1 + 0.2, 0.3, true],
  ['amount', true, 9, false],
  ['date', '2018-12-25', '25/12/2018', true],
  ['date', '2018-05-12', '12/05/2018', true],
  ['date', '2018-12-05', '12/05/2018', false],
  ['date', '2018-03-22', '22 MAR 2018', true],
  ['time', '14:05', '2:05 PM', true],
  ['time', '14:05', '14:05:59', true],
  ['time', '14:05:01', '14:05:59', false],
  ['time', '14:06', '14:05:59', false],
  ['time', '14:05', '2:05', false],
  ['phone', '+60 3-7955 3655', '03-79553655', true],
  ['phone', '(415) 398-3173', '1-415-398-3173', true],
  ['phone', '415.398.3173', '+1 4153983173', true],
  ['phone', '415 398 3174', '415 398 3173', false],
  ['phone', '2345678', '0012345678', false],
])('%s: %j against %j is %s', (kind, predicted, truth, same) => {
  expect(isSame(kind, said(predicted), truth)).toBe(same)
})

test('either reading of a date counts under two orders, and so does the text', () => {
  const orders = ['day-first', 'month-first'] as const
  expect(isSame('date', said('2017-05-12'), '05/12/2017', orders)).toBe(true)
  expect(isSame('date', said('2017-12-05'), '05/12/2017', orders)).toBe(true)
  expect(isSame('date', said('2017-12-06'), '05/12/2017', orders)).toBe(false)
  expect(isSame('date', said(null, '05.12.2017'), '05/12/2017', orders)).toBe(true)
})

test('the text decides only where the truth cannot be read', () => {
  expect(isSame('date', said('2016-12-01', 'December 2016'), 'DECEMBER2016')).toBe(true)
  expect(isSame('date', said('2018-05-12', '05/12/2018'), '05/12/2018')).toBe(false)
})

test.each<[Scalar, FieldKind]>([
  [9, 'amount'],
  ['2018-12-25', 'date'],
  ['22 MAR 2018', 'date'],
  ['14:05', 'time'],
  ['RM 1,234.50', 'amount'],
  ['$7.60', 'amount'],
  ['+60 3-7955 3655', 'phone'],
  ['MYR', 'text'],
  ['20180304', 'phone'],
  ['No. 53, Jalan Sagu 18', 'text'],
  [true, 'text'],
])('%j is compared as %s', (value, kind) => {
  expect(kindOf(value)).toBe(kind)
})

test('null and blank text are no prediction; zero is one', () => {
  expect([null, '', '  ', 0, false].map((value) => isMissing(said(value)))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('amounts are the same within the tolerance of their field', () => {
  const read = { value: 9.03, text: '9.03' }
  expect(isSameBy({ comparator: 'amount', tolerance: 0.05 }, read, 9)).toBe(true)
  expect(isSameBy({ comparator: 'amount', tolerance: 0.005 }, read, 9)).toBe(false)
})
