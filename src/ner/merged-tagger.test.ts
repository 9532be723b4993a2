import { expect, test } from 'vitest'
import type { Word } from '../core/document.ts'
import type { Entity, EntityTagger } from '../core/engines.ts'
import { pageOf } from '../core/page.case.ts'
import { testEntityTagger } from './contract.case.ts'
import { mergedTagger } from './merged-tagger.ts'
import { receiptLabeller } from '../../schemas/receipt/labelling/labeller.ts'
import { openTypeModel } from '../onnx/type-model.ts'
import { ruleTagger } from './rule-tagger.ts'

const merging = (await openTypeModel('receipt/1')).merging!
const rules = ruleTagger([receiptLabeller])
const twice = mergedTagger(rules, rules, merging)
testEntityTagger('rules+rules', () => twice)

const pages = [pageOf('TOTAL 9.00\nCASH 10.00')]
const [total, nine, , ten] = pages[0]!.lines.flatMap((line) => line.words) as [Word, Word, Word, Word]

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
  mergedTagger(answering(...first), answering(...second), merging).tag(pages)

test('how they are merged is part of what they are, and leaves the network what it is', () => {
  const other = mergedTagger(rules, rules, { ...merging, rulesFirst: ['TOTAL'] })
  expect(other.revision).not.toBe(twice.revision)
  expect(other.revision.split('+')).toHaveLength(2)
  expect(other.revision.split('+')[0]).toBe(rules.revision)
})

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

test('a tip that the rules know as something else is none', async () => {
  const network = [entity('TIP', 0.9, nine), entity('SUBTOTAL', 0.5, nine)]
  const found = await merged(network, [entity('TOTAL', 0.4, nine)])
  expect(found.map((e) => e.label)).toEqual(['TOTAL', 'SUBTOTAL'])
  const item = [entity('ITEM_AMOUNT', 0.9, nine, 0), entity('ITEM_DESCRIPTION', 0.9, total, 0)]
  expect((await merged([entity('TIP', 0.9, nine)], item)).map((e) => e.label)).not.toContain('TIP')
})

test('a whole tax that is a part of several to the rules is none', async () => {
  const parts = [entity('TAX_AMOUNT', 0.9, nine, 0), entity('TAX_AMOUNT', 0.9, ten, 1)]
  expect(await merged([entity('TAX', 0.9, nine)], parts)).toEqual(parts)
})

/** Item records of lines "name amount" or "name count unit amount", and the page's sums by label. */
function recordsOn(text: string, at: readonly number[]): Entity[] {
  const { lines } = pageOf(text)
  return at.flatMap((index, group) => {
    const words = lines[index]!.words
    const labels = [
      'ITEM_DESCRIPTION',
      ...(words.length > 2 ? ['ITEM_QUANTITY', 'ITEM_UNIT_PRICE'] : []),
      'ITEM_AMOUNT',
    ]
    return words.map((word, i) => entity(labels[i]!, 0.9, word, group))
  })
}

const sumOn = (text: string, label: string, at: number): Entity =>
  entity(label, 0.9, pageOf(text).lines[at]!.words.at(-1)!)

const tea = 'Tea 2.50\nRice 4.00\nEgg 1.00\nTotal 7.50'
const wrapped = 'Chair\nblack 189.00\nPens 6.99\nTotal 195.99'
const counted = 'Tea 2 2.50 5.00\nRice 1 4.00 4.00\nTotal 9.00'

test.each([
  ['those that add up to the total', tea, [0, 1], [0, 1, 2], 'rules'],
  ['those that leave out the total', tea, [0, 1, 2, 3], [0, 1, 2], 'rules'],
  ['those of which each has an amount', wrapped, [0, 1, 2], [1, 2], 'rules'],
  ['those of the network, where both are as likely', tea, [0, 1, 2], [0, 1, 2], 'network'],
  ['those of the network, where the rules miss one', counted, [0, 1], [0], 'network'],
] as const)('of item records, %s are taken', async (_, text, network, rules, taken) => {
  const total = sumOn(text, 'TOTAL', text.split('\n').length - 1)
  const [first, second] = [recordsOn(text, network), recordsOn(text, rules)]
  const items = (await merged(first, [...second, total])).filter((e) => e.group !== null)
  const expected = taken === 'rules' ? second : first
  expect(items).toEqual(expected)
  expect(items.every((item) => expected.includes(item))).toBe(true)
})

test('records that nothing speaks for are none', async () => {
  const amount = entity('ITEM_AMOUNT', 0.9, nine, 0)
  const sum = entity('TOTAL', 0.9, nine)
  expect(await merged([], [sum, amount])).toEqual([sum])
})
