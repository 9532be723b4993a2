import { expect, test } from 'vitest'
import receipt from '../../../schemas/receipt.ts'
import type { ExtractionPath, SeenWord } from '../../core/extraction.ts'
import type { Succeeded } from '../../core/judging.ts'
import { scoreExtraction } from '../../scoring/scorer.ts'
import { flagsOfEmptyLists } from './empty-lists.ts'

/** Words of a page of 20 lines, as wide as their letters are many. */
const page = (...lines: readonly string[]): readonly SeenWord[] =>
  lines.flatMap((line, y) =>
    [...line.matchAll(/\S+/g)].map(({ 0: text, index }): SeenWord => ({
      page: 1,
      text,
      box: [index / 40, y / 20, (index + text.length) / 40, (y + 0.7) / 20],
    })),
  )

function attempt(words: readonly SeenWord[], path: ExtractionPath = 'modular'): Succeeded {
  const extraction = {
    documentType: 'receipt',
    path,
    data: {},
    fields: {},
    violations: [],
    observations: {},
    producedBy: { reader: '1' },
    words: [...words],
    crossCheck: null,
    sharpness: 1,
    ms: 1,
  }
  return { ok: true, path, extraction, score: scoreExtraction(extraction, receipt) }
}

const empty = { items: [], total: 20.4 }
const cab = ['Harbor Cab', '10/25/2023 08:10', 'Toll                 2.00', 'TOTAL               20.40']

test('a page that prices something beside an empty list is in doubt as a whole', () => {
  expect(flagsOfEmptyLists([attempt(page(...cab))], receipt, empty)).toEqual([
    {
      code: 'LIST_EMPTY',
      field: null,
      message: 'No items were read, though the page prices something: "Toll 2.00".',
    },
  ])
})

test('what one of two readers saw is enough', () => {
  const blind = attempt([], 'direct')
  expect(flagsOfEmptyLists([blind, attempt(page(...cab))], receipt, { ...empty, items: null })).toHaveLength(
    1,
  )
})

test.each<[what: string, lines: readonly string[]]>([
  ['goods named on the line above', ['Filter coffee', '2 x 3.50               7.00', 'TOTAL  7.00']],
  ['goods at a price below nothing', ['Returned lamp       -12.00', 'TOTAL  -12.00']],
])('%s are priced', (_, lines) => {
  expect(flagsOfEmptyLists([attempt(page(...lines))], receipt, empty)).toHaveLength(1)
})

test.each<[what: string, lines: readonly string[]]>([
  ['a total alone', ['City parking', '10/25/2023 08:10', 'TOTAL               20.40']],
  ['sums, taxes and payment', ['Net 18.00', 'VAT 20 % 2.40', 'Total 20.40', 'Girocard 20.40', 'Change 4.60']],
  ['a price within a sentence', ['Reminders cost 12.50 each, see our terms']],
  ['a caption above its amount', ['Total', '20.40']],
  ['nothing', []],
])('a page with %s has no list to miss', (_, lines) => {
  expect(flagsOfEmptyLists([attempt(page(...lines))], receipt, empty)).toEqual([])
})

test('records that were read, and data of the file itself, are in no doubt', () => {
  const read = { items: [{ description: 'Toll', amount: 2 }], total: 20.4 }
  expect(flagsOfEmptyLists([attempt(page(...cab))], receipt, read)).toEqual([])
  expect(flagsOfEmptyLists([attempt(page(...cab), 'embedded')], receipt, empty)).toEqual([])
})
