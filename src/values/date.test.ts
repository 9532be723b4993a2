import fc from 'fast-check'
import { expect, test } from 'vitest'
import { datePatterns, isAmbiguous, parseDate, readDate } from './date.ts'

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
  ['07. Mrz. 2025', '2025-03-07'],
  ['3. Jänner 2024', '2024-01-03'],
  ['1er mars 2024', '2024-03-01'],
  ['12 déc. 24', '2024-12-12'],
  ['29th March 2006', '2006-03-29'],
  ['29th of March 2006', '2006-03-29'],
  ['1º de enero de 2024', '2024-01-01'],
  ['3 października 2024', '2024-10-03'],
  ['03 PAZ 2024', '2024-10-03'],
  ['12. června 2024', '2024-06-12'],
  ['12. července 2024', '2024-07-12'],
  ['5. lokakuuta 2021', '2021-10-05'],
  ['den 3. maj 2024', '2024-05-03'],
  ['14-Ağu-2024', '2024-08-14'],
  ['2021. márc. 5.', '2021-03-05'],
  ['12 OUT 2023', '2023-10-12'],
  ['2024년 5월 20일', '2024-05-20'],
  ['20/05/2567', '2024-05-20'],
  ['20 พ.ค. 2567', '2024-05-20'],
  ['20 พฤษภาคม พ.ศ. 2567', '2024-05-20'],
  ['令和6年5月20日', '2024-05-20'],
  ['令和元年5月20日', '2019-05-20'],
  ['R6.5.20', '2024-05-20'],
  ['R06/05/20', '2024-05-20'],
  ['14.05.12 12:10', '2012-05-14'],
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
  '14.05. 12:10',
  '14.05.12:10 Uhr',
  '14.05. 12 Uhr',
  '14. Mai 12:10',
  '10/06 08:30',
  '10.06. 08h30',
  '3 mars 14 h 05',
  '5/6 10 PM',
  '11 PRO 64',
  '12 OUT 50',
  '30 février 2024',
  '令和6年13月20日',
  '30/02/2567',
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

test.each([
  ['02/03/18', true],
  ['03/03/18', false],
  ['25/03/18', false],
  ['2 Mar 2018', false],
])('%s leaves the order open: %s', (text, open) => expect(isAmbiguous(readDate(text)!)).toBe(open))

test.each([
  ['28/11/67', '2024-11-28'],
  ['5/3/64', '2021-03-05'],
  ['28/11/24', '2024-11-28'],
])('%s is %s in the years of Thailand', (text, iso) => {
  expect(readDate(text, { buddhist: true })?.dayFirst).toBe(iso)
})
