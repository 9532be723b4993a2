import { expect, test } from 'vitest'
import type { Entity } from '../core/engines.ts'
import { pageOf } from '../core/page.case.ts'
import { money } from './parsers.ts'
import { sumOf } from './sum-of.ts'
import { contextOf } from './template.ts'

/** The words of a page, each an entity and a record of its own. */
function find(text: string, label = 'PART') {
  const page = pageOf(text)
  const words = page.lines.flatMap((line) => line.words)
  const entities = words.map((word, group): Entity => ({
    label,
    page: 1,
    confidence: 0.9,
    words: [word],
    group,
  }))
  return sumOf('PART', { as: money }).find(contextOf({ pages: [page], entities }))
}

test.each([
  ['0.45 0.45', 0.9, '0.45 + 0.45'],
  ['2,28 0,14 10,00', 12.42, '2,28 + 0,14 + 10,00'],
  ['-0.61 -0.10', -0.71, '-0.61 + -0.10'],
])('%s makes %d', (text, value, printed) => {
  const [found, ...others] = find(text)
  expect(others).toEqual([])
  expect(found).toMatchObject({ value, text: printed, page: 1 })
  expect(found!.words).toHaveLength(text.split(' ').length)
  expect(found!.confidence).toBeCloseTo(0.9 ** text.split(' ').length)
})

test.each([
  ['one amount', '0.45'],
  ['an amount that is not read', '0.45 RM'],
])('nothing is added up for %s', (_, text) => expect(find(text)).toEqual([]))

test('entities of another label do not count', () => expect(find('0.45 0.45', 'OTHER')).toEqual([]))
