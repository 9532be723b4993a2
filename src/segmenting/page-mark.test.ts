import { expect, test } from 'vitest'
import { pageMark } from './page-mark.ts'

test.each([
  ['Page 1 of 3', { number: 1, of: 3 }],
  ['Seite 2 von 2', { number: 2, of: 2 }],
  ['Rechnung 92171464    Seite: 4', { number: 4, of: null }],
  ['Page 2/5', { number: 2, of: 5 }],
  ['PÁGINA 1 DE 2', { number: 1, of: 2 }],
  ['Muka surat 1 daripada 4', { number: 1, of: 4 }],
  ['第 2 頁 共 3 頁', { number: 2, of: 3 }],
  ['- 1/2 -', { number: 1, of: 2 }],
])('reads the page number of %s', (text, mark) => expect(pageMark(text)).toEqual(mark))

test.each([
  'Page 5 of 3',
  'Pages read: many',
  '1/2 kg Butter',
  'Homepage 2020 launch',
  '12/03/2024',
  'Page 12.50',
  '',
])('finds none in "%s"', (text) => expect(pageMark(text)).toBeNull())
