import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { anchor } from './anchor.ts'
import { currency } from './currency.ts'
import { entity } from './entity.ts'
import { firstOf } from './first-of.ts'
import { money } from './parsers.ts'
import { contextOf, entityOf } from './rules.case.ts'

const page = pageOf('TOTAL RM 12.50\nCASH 20.00')
const context = contextOf([page], [
  entityOf('TOTAL', 'TOTAL', page, { confidence: 0.9 }),
  entityOf('TOTAL', 'RM 12.50', page, { confidence: 0.7 }),
  entityOf('TOTAL', '20.00', page, { confidence: 0.2 }),
  entityOf('TAX', 'CASH', page),
]) // prettier-ignore

test('entity: candidates of a label that parse, in order', () => {
  const found = entity('TOTAL', { as: money }).find(context)
  expect(found.map((f) => [f.value, f.text, f.confidence])).toEqual([
    [12.5, 'RM 12.50', 0.7],
    [20, '20.00', 0.2],
  ])
  expect(entity('TIP').find(context)).toEqual([])
})

test('firstOf: the findings of each rule in turn', () => {
  const both = firstOf(entity('TIP', { as: money }), anchor('Cash', { as: money }), entity('TOTAL', { as: money }))
  expect(both.find(context).map((f) => f.value)).toEqual([20, 12.5, 20])
}) // prettier-ignore

test.each([
  ['TOTAL RM 12.50', 'MYR', 'RM', 1],
  ['TOTAL RM12.50', 'MYR', 'RM', 1],
  ['ABC SDN BHD\nTOTAL $ 12.50', 'MYR', '$', 0.95],
  ['TOTAL $12.50', 'USD', '$', 0.8],
  ['TOTAL HK$12.50', 'HKD', 'HK$', 1],
  ['Summe 12,50 €', 'EUR', '€', 1],
  ['Total EUR 12,50', 'EUR', 'EUR', 1],
  ['Taxi AB\nAtt betala 337,00 kr\nvarav moms', 'SEK', 'kr', 0.85],
])('currency of %j is %s, as sure as its sign', (text, value, printed, certainty) => {
  const [found] = currency().find(contextOf([pageOf(text)]))
  expect(found).toMatchObject({ value, text: printed, confidence: expect.any(Number) })
  expect(found!.confidence).toBeGreaterThan(0.9 * certainty - 0.001)
  expect(found!.confidence).toBeLessThan(0.9 * certainty + 0.12)
})

test('no currency is found where none is printed', () => {
  expect(currency().find(contextOf([pageOf('KUALA LUMPUR\nTOTAL 12.50')]))).toEqual([])
})
