import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { money } from './parsers.ts'
import { fixedRegion, lineRegion, type LineRegion } from './region.ts'
import { contextOf } from './rules.case.ts'

const page = pageOf('KEDAI MAJU\n17 Jalan Besar     left\n10050 Penang       over\nTel 5550\nTOTAL\n9.00')
const everything: LineRegion = { below: [], above: [], lines: Infinity, x: [0, 1] }
const between = (region: Partial<LineRegion>) =>
  lineRegion({ ...everything, ...region })
    .find(contextOf([page]))
    .map((finding) => finding.value)

test.each<[string, Partial<LineRegion>, string[]]>([
  ['the rows between two texts', { below: ['KEDAI MAJU'], above: ['Tel'] }, ['17 Jalan Besar left 10050 Penang over']],
  ['a part of their width', { below: ['KEDAI MAJU'], above: ['Tel'], x: [0, 0.2] }, ['17 Jalan Besar 10050 Penang']],
  ['so many rows below a text, misread as it may be', { below: ['KEDA1 MAJU'], lines: 1 }, ['17 Jalan Besar left']],
  ['so many rows above a text', { above: ['Tel'], lines: 1 }, ['10050 Penang over']],
  ['the rows above each place of a text', { above: ['Jalan Besar', 'TOTAL'], lines: 1 }, ['KEDAI MAJU', 'Tel 5550']],
  ['none where a bound is missing', { below: ['KEDAI MAJU'], above: ['Fax'] }, []],
  ['none without rows between', { below: ['10050 Penang'], above: ['Tel'], x: [0.9, 1] }, []],
])('%s', (_, region, values) => expect(between(region)).toEqual(values)) // prettier-ignore

test('lines stay right on a longer page', () => {
  const longer = pageOf('\n\nKEDAI MAJU\nLot 2\n17 Jalan Besar\n10050 Penang\n\nTel 5550')
  const rule = lineRegion({ ...everything, below: ['KEDAI MAJU'], above: ['Tel'] })
  expect(rule.find(contextOf([longer]))[0]!.value).toBe('Lot 2 17 Jalan Besar 10050 Penang')
})

test('a fixed box takes the words whose centres lie in it, of its page only', () => {
  const rule = fixedRegion({ box: [0, 0.08, 0.2, 0.1], page: 2 }, { as: money })
  expect(rule.find(contextOf([page]))).toEqual([])
  const [found] = rule.find(contextOf([page, { ...page, page: 2 }]))
  expect(found).toMatchObject({ value: 9, text: '9.00', page: 2 })
  expect(found!.words).toHaveLength(1)
})
