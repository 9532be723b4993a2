import { expect, test } from 'vitest'
import { pageOf } from '../core/page.case.ts'
import { money, number } from './parsers.ts'
import { fuller, records } from './records.ts'
import type { RecordsRule } from './rule.ts'
import { contextOf, entityOf } from './rules.case.ts'

const page = pageOf('2 Nasi lemak 11.00\nTeh tarik 3.50\nTOTAL 14.50')
const rule = records({
  name: { label: 'NAME' },
  quantity: { label: 'QUANTITY', as: number },
  amount: { label: 'AMOUNT', as: money },
})

test('makes a record of each group, in the order of the tagger', () => {
  const found = rule.find(
    contextOf([page], [
      entityOf('NAME', 'Nasi lemak', page, { group: 7 }),
      entityOf('QUANTITY', '2', page, { group: 7 }),
      entityOf('AMOUNT', '11.00', page, { group: 7, confidence: 0.6 }),
      entityOf('NAME', 'Teh tarik', page, { group: 1 }),
      entityOf('AMOUNT', 'tarik', page, { group: 1 }),
      entityOf('AMOUNT', '14.50', page),
      entityOf('OTHER', 'TOTAL', page, { group: 9 }),
    ]),
  ) // prettier-ignore
  const values = found.map((r) => Object.entries(r).map(([key, [best]]) => [key, best?.value]))
  expect(values).toEqual([
    [['name', 'Nasi lemak'], ['quantity', 2], ['amount', 11]],
    [['name', 'Teh tarik'], ['quantity', undefined], ['amount', undefined]],
  ]) // prettier-ignore
  expect(found[0]!['amount']![0]).toMatchObject({ text: '11.00', confidence: 0.6, page: 1 })
})

test('finds no records without groups', () => {
  expect(rule.find(contextOf([page], [entityOf('AMOUNT', '14.50', page)]))).toEqual([])
})

test('refuses a column that no object may have', () => {
  const columns = Object.fromEntries([['__proto__', { label: 'X' }]])
  expect(() => records(columns)).toThrow(expect.objectContaining({ code: 'E_UNSAFE_KEY' }))
})

test('of two rules the one that fills more columns is heard, the first where both fill as many', () => {
  const found = (...filled: readonly number[]): RecordsRule => ({
    kind: 'records',
    find: () =>
      filled.map((count) => Object.fromEntries(['a', 'b'].map((key, i) => [key, i < count ? [one] : []]))),
  })
  const one = { value: 1, text: '1', confidence: 1, page: 1, words: [] }
  const context = contextOf([page], [])
  const [none, poor, full] = [found(), found(1, 1, 2), found(2, 2)]
  expect(fuller(poor, full).find(context)).toEqual(full.find(context))
  expect(fuller(full, poor).find(context)).toEqual(full.find(context))
  expect(fuller(none, poor).find(context)).toEqual(poor.find(context))
  expect(fuller(poor, found(1)).find(context)).toEqual(poor.find(context))
})
