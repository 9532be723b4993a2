import { expect, test } from 'vitest'
import { parseReceipt, toNumber } from './tesseract-regex.ts'

const receipt = `
| KEDAI SERI MAJU SDN BHD
(452871-K)
12, JALAN MAWAR 3/1
TAMAN INDAH, 81200 JOHOR
Tel : 07-235 1234
GST Reg No: 000123456789
Invoice : 9921    25/12/2018 8:13:39 PM
Roti Canai      2   1.20    2.40
Sub Total               7.55
GST 6%                  0.45
Total Qty: 3
Total (Incl. GST)       8.00
Cash                   10.00
Change                  2.00
`

test('reads a receipt whose lines stand where most have them', () => {
  expect(parseReceipt(receipt)).toEqual({
    company: '| KEDAI SERI MAJU SDN BHD',
    address: '12, JALAN MAWAR 3/1 TAMAN INDAH, 81200 JOHOR',
    phone: '07-235 1234',
    date: '25/12/2018',
    time: '8:13:39 PM',
    subtotal: '7.55',
    tax: '0.45',
    total: '8.00',
  })
})

test.each([
  ['Date: 03-Nov-2017', '03-Nov-2017'],
  ['2018-03-02 10:11', '2018-03-02'],
  ['on 5.6.18 at noon', '5.6.18'],
  ['Mar 15, 2024', 'Mar 15, 2024'],
])('finds the date in %s', (line, date) => {
  expect(parseReceipt(line).date).toBe(date)
})

test.each([
  ['TOTAL 66.00\nTOTAL ROUNDED 65.95', '66.00'],
  ['Total Sales (Excluding GST) 42.20\nTotal GST 2.53\nTotal : 44.73 2.53', '44.73'],
  ['SUBTOTAL 12.00\nTotal Saving 50.00\nGRAND TOTAL RM 1,212. 50', '1,212. 50'],
])('takes the largest amount on a line that says total: %s', (text, total) => {
  expect(parseReceipt(text).total).toBe(total)
})

test('leaves out what no pattern finds', () => {
  expect(parseReceipt(' \n --- \n')).toEqual({})
})

test.each([
  ['9.00', 9],
  ['1,234.50', 1234.5],
  ['1.234,50', 1234.5],
  ['12,50', 12.5],
  ['14. 65', 14.65],
])('%s is %d', (printed, value) => {
  expect(toNumber(printed)).toBe(value)
})
