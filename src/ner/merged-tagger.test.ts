import { expect, test } from 'vitest'
import type { Word } from '../core/document.ts'
import type { Entity, EntityTagger } from '../core/engines.ts'
import { pageOf } from '../core/page.case.ts'
import { testEntityTagger } from './contract.case.ts'
import { mergedTagger } from './merged-tagger.ts'
import { ruleTagger } from './rule-tagger.ts'

const twice = mergedTagger(ruleTagger(), ruleTagger())
testEntityTagger('rules+rules', () => twice)

const pages = [pageOf('TOTAL 9.00\nCASH 10.00')]
const [total, nine, , ten] = pages[0]!.rows.flatMap((row) => row.words) as [Word, Word, Word, Word]

const entity = (label: string, confidence: number, word: Word, group: number | null = null): Entity => ({
  label,
  confidence,
  page: 1,
  words: [word],
  group,
})

/** A tagger that always answers the same. */
const answering = (...entities: Entity[]): EntityTagger => ({
  name: 'fixed',
  revision: '1',
  labels: ['DATE', 'TOTAL', 'ITEM_AMOUNT'],
  tag: async () => entities,
})

const merged = async (first: Entity[], second: Entity[]): Promise<readonly Entity[]> =>
  mergedTagger(answering(...first), answering(...second)).tag(pages)

test('what both found counts once, and for more', async () => {
  const found = await merged([entity('DATE', 0.6, nine)], [entity('DATE', 0.5, nine)])
  expect(found).toEqual([entity('DATE', 0.8, nine)])
})

test('of what one found alone, the surer comes first', async () => {
  const found = await merged([entity('DATE', 0.4, ten)], [entity('DATE', 0.7, nine)])
  expect(found.map((e) => e.words[0])).toEqual([nine, ten])
})

test('the same words under another label are another entity', async () => {
  const found = await merged([entity('DATE', 0.4, nine)], [entity('TIME', 0.7, nine)])
  expect(found.map((e) => e.confidence)).toEqual([0.7, 0.4])
})

test('sums are those of the rules, and of the network where the rules find none', async () => {
  const network = [entity('TOTAL', 0.9, ten), entity('TAX', 0.3, total)]
  const found = await merged(network, [entity('TOTAL', 0.4, nine)])
  expect(found).toEqual([entity('TOTAL', 0.4, nine), entity('TAX', 0.3, total)])
})

test('records are those of the network where it found any', async () => {
  const network = entity('ITEM_AMOUNT', 0.5, nine, 0)
  const rules = [entity('ITEM_AMOUNT', 0.9, ten, 0), entity('ITEM_DESCRIPTION', 0.9, total, 0)]
  expect(await merged([network], rules)).toEqual([network])
  expect(await merged([], rules)).toEqual(rules)
})
