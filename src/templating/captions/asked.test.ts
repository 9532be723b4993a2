import { expect, test } from 'vitest'
import type { Entity } from '../../core/engines.ts'
import { pageOf } from '../../core/page.case.ts'
import { contextOf } from '../template.ts'
import { answeredBy, together } from './asked.ts'
import { parserOf } from './kinds.ts'

const shown = 'Paid 12.50  Sum  40.00  Total  95.00  Spots 7  Term 04/03/2024-09/03/2024'
const pages = [1, 2].map((page) => pageOf(shown, { page, confidence: 1 }))
const words = pages[0]!.lines.flatMap((line) => line.words)
const entity = (label: string, text: string, confidence: number, page = 1): Entity => ({
  label,
  confidence,
  page,
  words: words.filter((word) => word.text === text),
  group: null,
})
const total = { pointer: '/total', kind: 'amount', parse: parserOf.amount, end: null } as const
const answers = (...entities: Entity[]) => {
  const context = contextOf({ pages, entities })
  return answeredBy([total], context).get('/total')!
}
const valuesOf = (findings: readonly { readonly value: unknown }[]) => findings.map(({ value }) => value)

test('what a model answers is read as the field wants it', () => {
  const found = answers(entity('/total', 'Paid', 0.9), entity('/total', '95.00', 0.6), entity('/paid', '12.50', 0.9))
  expect(found.map(({ value, confidence }) => [value, confidence])).toEqual([[95, 0.6]])
}) // prettier-ignore

test.each([
  ['first', '2024-03-04'],
  ['last', '2024-03-09'],
] as const)('of days in one word the %s is read', (end, expected) => {
  const context = contextOf({ pages, entities: [entity('/term', '04/03/2024-09/03/2024', 0.9)] })
  const question = { pointer: '/term', kind: 'date', parse: parserOf.date, end } as const
  expect(valuesOf(answeredBy([question], context).get('/term')!).slice(0, 1)).toEqual([expected])
})

test('a place that one field is surer of counts less for another, but for amounts', () => {
  const text = { kind: 'text', parse: parserOf.text, end: null } as const
  const due = { ...total, pointer: '/due' } as const
  const asked = [{ ...text, pointer: '/buyer' }, { ...text, pointer: '/seller' }, total, due] as const
  const claims = [['/buyer', 'Paid', 0.8], ['/seller', 'Paid', 0.5], ['/total', '95.00', 0.8], ['/due', '95.00', 0.5]] as const
  const entities = claims.map(([label, words, confidence]) => entity(label, words, confidence))
  const found = answeredBy(asked, contextOf({ pages, entities }))
  const sure = asked.map(({ pointer }) => found.get(pointer)![0]!.confidence.toFixed(2))
  expect(sure).toEqual(['0.80', '0.14', '0.80', '0.50'])
}) // prettier-ignore

test.each<[string, number, number, readonly number[]]>([
  ['before captions where it is sure', 0.8, 0.9, [95, 40]],
  ['after them where it is not', 0.3, 0.9, [40, 95]],
])('a model counts %s', (_, model, captions, expected) => {
  const found = together(answers(entity('/total', '95.00', model)), answers(entity('/total', '40.00', captions)))
  expect(valuesOf(found)).toEqual(expected)
}) // prettier-ignore

test('a value that both know is there once, and surer than either says', () => {
  const [both, ...others] = together(
    answers(entity('/total', '95.00', 0.5)),
    answers(entity('/total', '95.00', 0.5)),
  )
  expect(others).toEqual([])
  expect(both!.confidence).toBeCloseTo(0.675)
})

test('a value of several pages is surer than one of a single page', () => {
  const sum = entity('/total', '40.00', 0.5)
  const found = together(answers(sum, entity('/total', '95.00', 0.4), entity('/total', '95.00', 0.5, 2)), [])
  expect(valuesOf(found)).toEqual([95, 40])
  expect(found[0]!.confidence).toBeCloseTo(0.58)
})

test('a number without cents is less likely the amount than one that shows them', () => {
  const [count, sum] = [entity('/total', '7', 0.8), entity('/total', '95.00', 0.3)]
  expect(valuesOf(together(answers(count, sum), []))).toEqual([95])
  expect(answers(count)).toMatchObject([{ value: 7, confidence: 0.8 }])
})

test('what hardly anything speaks for is no answer', () => {
  expect(together(answers(entity('/total', '95.00', 0.05)), [])).toEqual([])
})

test('captions count as they are where a model has no answer', () => {
  const captions = answers(entity('/total', '40.00', 0.7))
  expect(together([], captions)).toEqual(captions)
})
