import fc from 'fast-check'
import { expect, test } from 'vitest'
import { datePatterns, parseDate } from './date.ts'

const dayFirst = { dayFirst: true }
const monthFirst = { dayFirst: false }

test.each([
  ['25 MAR 2018', '2018-03-25'],
  ['22 Mar 18', '2018-03-22'],
  ['22-MAR-18', '2018-03-22'],
  ["22 Mar '18", '2018-03-22'],
  ['02MAR2018', '2018-03-02'],
  ['1st March 2018', '2018-03-01'],
  ['Mar 2, 2018', '2018-03-02'],
  ['March 2nd 2018', '2018-03-02'],
  ['2018-03-02', '2018-03-02'],
  ['2018/3/2', '2018-03-02'],
  ['2018.03.02', '2018-03-02'],
  ['2018年3月2日', '2018-03-02'],
  ['2018-03-02T12:00', '2018-03-02'],
  ['25032018', '2018-03-25'],
  ['20180325', '2018-03-25'],
  ['14. November 2026', '2026-11-14'],
  ['3. März 2018', '2018-03-03'],
  ['3 février 2018', '2018-02-03'],
  ['3 août 2018', '2018-08-03'],
  ['3 de marzo de 2018', '2018-03-03'],
  ['5 gennaio 2018', '2018-01-05'],
  ['5 Ogos 2018', '2018-08-05'],
  ['5 mei 2018', '2018-05-05'],
  ['7 SEPTEMBFR 2018', '2018-09-07'],
  ['31/12/99', '1999-12-31'],
  ['29/02/2020', '2020-02-29'],
  ['Date: 25/03/2018 15:20', '2018-03-25'],
])('%s is %s', (text, iso) => {
  expect(parseDate(text, dayFirst)).toBe(iso)
  expect(parseDate(text, monthFirst)).toBe(iso)
})

test.each([
  ['02/03/18', '2018-03-02', '2018-02-03'],
  ['3.4.2018', '2018-04-03', '2018-03-04'],
  ['2-3-2018', '2018-03-02', '2018-02-03'],
  ['02032018', '2018-03-02', '2018-02-03'],
  ['12/25/18', '2018-12-25', '2018-12-25'],
  ['25/12/18', '2018-12-25', '2018-12-25'],
])('%s is %s where the day comes first, %s where the month does', (text, day, month) => {
  expect(parseDate(text, dayFirst)).toBe(day)
  expect(parseDate(text, monthFirst)).toBe(month)
})

test.each([
  '',
  '31/02/2018',
  '29/02/2019',
  '00/01/2018',
  '2018-13-01',
  '99/99/9999',
  '3/4',
  '03/2018',
  '12.03.2018,50',
  '1.234.56',
  'MARKET 2, 2018',
  '12 MARINA 18',
  '5 items 20',
  '012345678',
])('%j holds no date', (text) => {
  expect(parseDate(text, dayFirst)).toBeNull()
  expect(parseDate(text, monthFirst)).toBeNull()
})

test('passes over what only looks like a date', () => {
  expect(parseDate('31/02/2018 or 2 Mar 2018', dayFirst)).toBe('2018-03-02')
})

test('finds dates inside a line', () => {
  const line = 'INV 12345 25/03/2018 18:05'
  const found = datePatterns.flatMap((pattern) => line.match(pattern) ?? [])
  expect(found).toEqual(['25/03/2018'])
})

const shapes: readonly ((y: string, m: string, d: string) => string)[] = [
  (y, m, d) => `${y}-${m}-${d}`,
  (y, m, d) => `${d}/${m}/${y}`,
  (y, m, d) => `${d}.${m}.${y}`,
  (y, m, d) => `${d}${m}${y}`,
  (y, m, d) => `${y}${m}${d}`,
]

test('reads every day of the calendar back from every shape', () => {
  const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(day, fc.constantFrom(...shapes), (date, shape) => {
      const iso = date.toISOString().slice(0, 10)
      const [y, m, d] = iso.split('-') as [string, string, string]
      expect(parseDate(shape(y, m, d), dayFirst)).toBe(iso)
    }),
  )
})
