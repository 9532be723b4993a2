import { expect, test } from 'vitest'
import { detectLocale } from '../../values/locale.ts'
import { isIban, matchingPattern, oneOf, parserOf, type Kind } from './kinds.ts'

const locale = detectLocale('')

test.each<[Kind, string, unknown]>([
  ['code', 'GB 987 6543 21', 'GB 987 6543 21'],
  ['code', '2418178 /', '2418178'],
  ['code', '(A-17)', 'A-17'],
  ['code', 'Berlin 4711 Mitte', '4711'],
  ['code', 'Date entered', null],
  ['code', '12/05/2024', null],
  ['amount', 'EUR 1.234,50', 1234.5],
  ['amount', '$40', 40],
  ['amount', '30 days', null],
  ['amount', '20 %', null],
  ['amount', '12/05/2024', null],
  ['number', '12.5 kg', 12.5],
  ['number', 'about 12', null],
  ['integer', '3', 3],
  ['integer', '3.5', null],
  ['dateTime', '2024-05-03T10:15:30+02:00', '2024-05-03T10:15:30+02:00'],
  ['dateTime', '3 May 2024, 10:15 UTC', '2024-05-03T10:15:00Z'],
  ['dateTime', '3 May 2024', null],
  ['iban', 'DE89 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 00'],
  ['iban', 'GB82WEST12345698765432', 'GB82WEST12345698765432'],
  ['iban', 'DE89 3704 0044 0532 0130 01', null],
  ['iban', 'DE89 37O4 0O44 0532 O130 00', 'DE89 3704 0044 0532 0130 00'],
  ['iban', 'DEB9 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 00'],
  ['iban', 'Payment is due within 30 days of the date of this invoice', null],
  ['vatId', 'DE 123456789', 'DE 123456789'],
  ['vatId', '126.10', null],
  ['email', '<ada@hollowick.example>', 'ada@hollowick.example'],
  ['uri', 'at https://hollowick.example/a?b=c.', 'https://hollowick.example/a?b=c'],
  ['currency', '£12.00', 'GBP'],
  ['text', ' - ', null],
])('%s in "%s"', (kind, raw, value) => {
  expect(parserOf[kind](raw, locale)?.value ?? null).toEqual(value)
})

test.each([
  ['DE89370400440532013000', true],
  ['FR14 2004 1010 0505 0001 3M02 606', true],
  ['DE00370400440532013000', false],
  ['DE8937', false],
])('check digits of %s', (text, right) => expect(isIban(text)).toBe(right))

test('of a text the longest words that a pattern accepts, in linear time', () => {
  const read = (raw: string, pattern: string) => matchingPattern('text', pattern)(raw, locale)?.value
  expect(read('see AB-77 and AB-78', '^AB-\\d+$')).toBe('AB-77')
  expect(read('Room 7 B', '^\\d+ [A-Z]$')).toBe('7 B')
  expect(read('nothing here', '^\\d+$')).toBeUndefined()
  expect(read(`${'a'.repeat(20_000)}!`, '^(a+)+$')).toBeUndefined()
})

test.each([
  ['paid in full', 'paid'],
  ['not paid', 'notPaid'],
  ['UNPAID', 'unpaid'],
  ['repaid', undefined],
])('of a few values in "%s"', (raw, value) => {
  expect(oneOf(['paid', 'notPaid', 'unpaid'])(raw, locale)?.value).toBe(value)
})
