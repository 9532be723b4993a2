import { expect, test } from 'vitest'
import { numbersOn } from './captioned.ts'

test.each([
  ['Invoice No: QI-10417', [['invoice no', 'QI10417']]],
  ['Rechnungs-Nr 92171464 Datum: 09.01.2025', [['rechnungsnr', '92171464']]],
  ['Order # 1336165   Invoice # 1336165-2', [['order', '1336165'], ['invoice', '13361652']]], // prettier-ignore
  ['Receipt No.:000123', [['receipt no', '000123']]],
])('finds the numbers of "%s"', (text, numbers) => expect(numbersOn(text)).toEqual(numbers))

test.each([
  'GST Reg No: 000123456',
  'Tel 0113 5550147',
  'Date: 17/06/2024',
  'Invoice total 144.00',
  'Bracket 12345',
])('finds none in "%s"', (text) => expect(numbersOn(text)).toEqual([]))
