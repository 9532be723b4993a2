import { pageOf } from '../core/page.case.ts'
import type { Sheet } from './cuts.ts'

const size = { width: 800, height: 1200 }

/** A page that shows these lines in a typewriter's letters. */
const sheetOf = (lines: readonly string[], page = 1): Sheet => ({
  ...size,
  page,
  words: pageOf(lines.join('\n'), { page }).lines.flatMap(({ words }) => words),
})

/** Pages of a file, each of its lines. */
export const sheetsOf = (...pages: readonly (readonly string[])[]): readonly Sheet[] =>
  pages.map((lines, i) => sheetOf(lines, i + 1))

/** Lines beside lines. */
export const beside = (left: readonly string[], right: readonly string[], column = 44): readonly string[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, i) =>
    `${(left[i] ?? '').padEnd(column)}${right[i] ?? ''}`.trimEnd(),
  )

/** So many blank lines. */
export const blank = (count: number): readonly string[] => Array.from({ length: count }, () => '')

export const cafe = [
  '    FENWICK COFFEE HOUSE',
  '    14 Harrow Lane',
  '    Leeds LS2 8AB',
  '    Tel 0113 555 0147',
  '12/03/2024        08:41',
  'Flat white         3.40',
  'Croissant          2.85',
  'TOTAL              6.25',
  'CARD               6.25',
  'Thank you',
]

export const taxi = [
  '      HARBOUR CABS LTD',
  '      7 Pier Road',
  '      Boston, MA 02210',
  'Date 03/19/2024 22:15',
  'Fare              18.40',
  'Toll               2.00',
  'TOTAL            $20.40',
  'CASH             $25.00',
  'CHANGE            $4.60',
]

export const grocer = [
  'NORDLICHT MARKT GMBH',
  'Hafenstr. 12',
  '24103 Kiel',
  'Tel. 0431 555 210',
  'Milch 1L           1,19',
  'Roggenbrot         3,49',
  'Apfel              2,30',
  'SUMME EUR          6,98',
  'Bar               10,00',
  'Rückgeld           3,02',
  'Datum 21.06.2024 17:02',
]

/** A second visit to the same café. */
export const cafeAgain = [
  ...cafe.slice(0, 4),
  '15/03/2024        09:02',
  'Cappuccino         3.60',
  'Muffin             2.95',
  'Orange juice       3.10',
  'TOTAL              9.65',
  'CARD               9.65',
  'Thank you',
]
