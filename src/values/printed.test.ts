import { describe, expect, test } from 'vitest'
import { readAmount, readDates, readTime } from './printed.ts'

describe('readDates', () => {
  test.each([
    ['25/12/2018', '2018-12-25'],
    ['25-12-18', '2018-12-25'],
    ['9/3/2018', '2018-03-09'],
    ['11.02.18', '2018-02-11'],
    ['22 MAR 2018', '2018-03-22'],
    ['28 MAR 18', '2018-03-28'],
    ['02/JAN/2017', '2017-01-02'],
    ['05-AUG-2017', '2017-08-05'],
    ['2018-03-23', '2018-03-23'],
    ['2018/03/23', '2018-03-23'],
    ['20180304', '2018-03-04'],
    ['25032018', '2018-03-25'],
    ['(06/12/2016)', '2016-12-06'],
    ['APRIL 1, 2016', '2016-04-01'],
    ["22Aug'16", '2016-08-22'],
    ['Aug262017', '2017-08-26'],
    ['16JUL17', '2017-07-16'],
    ['25/12/2018 13:45:10', '2018-12-25'],
    ['01/01/95', '1995-01-01'],
    ['29/02/2016', '2016-02-29'],
  ])('%s', (text, date) => {
    expect(readDates(text, ['day-first'])).toEqual([date])
  })

  test('month first where day first is no date', () => {
    expect(readDates('11/22/11', ['day-first'])).toEqual(['2011-11-22'])
  })

  test('both readings where both orders are allowed', () => {
    expect(readDates('05/12/2017', ['day-first', 'month-first'])).toEqual(['2017-12-05', '2017-05-12'])
  })

  test.each([
    'DECEMBER2016',
    'DEC23',
    '31/02/2018',
    '2018-02-30',
    '12:30',
    'RM 12.00',
    '',
    '123-4567',
    'lot 12-01-19',
  ])('no full date: %s', (text) => {
    expect(readDates(text, ['day-first', 'month-first'])).toEqual([])
  })
})

test.each([
  ['9.00', 9],
  ['$7.60', 7.6],
  ['RM 1,234.50', 1234.5],
  ['RM60.30', 60.3],
  ['1.234,56', 1234.56],
  ['1 234,56 €', 1234.56],
  ['€9,99', 9.99],
  ['EUR 1.250', 1250],
  ['Rp 204,000', 204000],
  ['.74', 0.74],
  ['$.74', 0.74],
  ['Rs.50', 50],
  ['12', 12],
  ['8.5', 8.5],
  ['-9.99', -9.99],
  ['RM -0.02', -0.02],
  ['5.00-', -5],
  ['(5.00)', -5],
  ['RM1.85)', 1.85],
  ['8.59-A', 8.59],
  ['RM', null],
  ['', null],
])('amount %s', (text, amount) => {
  expect(readAmount(text)).toBe(amount)
})

test.each([
  ['15:59', 15 * 60 + 59, null],
  ['6:55:01PM', 18 * 60 + 55, 1],
  ['12:05 am', 5, null],
  ['12:05 PM', 12 * 60 + 5, null],
  ['4:58p', 16 * 60 + 58, null],
  ['11.39AM', 11 * 60 + 39, null],
  ['11h05', 11 * 60 + 5, null],
  ['20:11 pm', 20 * 60 + 11, null],
])('time %s', (text, minutes, seconds) => {
  expect(readTime(text)).toEqual({ minutes, seconds })
})

test.each(['25:00', '12:75', '08/21/2008', ''])('no time: %s', (text) => {
  expect(readTime(text)).toBeNull()
})
