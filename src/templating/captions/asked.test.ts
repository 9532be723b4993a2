import { expect, test } from 'vitest'
import type { Entity } from '../../core/engines.ts'
import { pageOf } from '../../core/page.case.ts'
import { contextOf } from '../template.ts'
import { answered, together } from './asked.ts'
import { parserOf } from './kinds.ts'

const page = pageOf('Paid 12.50  Sum  40.00  Total  95.00', { confidence: 1 })
const words = page.lines.flatMap((line) => line.words)
const entity = (label: string, text: string, confidence: number): Entity => ({
  label,
  confidence,
  page: 1,
  words: words.filter((word) => word.text === text),
  group: null,
})
const question = { pointer: '/total', parse: parserOf.amount } as const
const answers = (...entities: Entity[]) => answered(question, contextOf({ pages: [page], entities }))

test('what a model answers is read as the field wants it', () => {
  const found = answers(entity('/total', 'Paid', 0.9), entity('/total', '95.00', 0.6), entity('/paid', '12.50', 0.9))
  expect(found.map(({ value, confidence }) => [value, confidence])).toEqual([[95, 0.6]])
}) // prettier-ignore

test('what a model hardly believes is no answer', () => {
  expect(answers(entity('/total', '95.00', 0.05))).toEqual([])
})

test.each<[string, number, readonly number[]]>([
  ['before captions where it is sure', 0.8, [95, 40]],
  ['after them where it is not', 0.2, [40, 95]],
])('a model counts %s', (_, confidence, expected) => {
  const byModel = answers(entity('/total', '95.00', confidence))
  const byCaptions = answers(entity('/total', '40.00', 0.5))
  expect(together(byModel, byCaptions).map(({ value }) => value)).toEqual(expected)
})

test('a value that both know is there once', () => {
  const both = answers(entity('/total', '95.00', 0.8))
  expect(together(both, both)).toHaveLength(1)
})
