import { expect, test } from 'vitest'
import type { ResultField } from '../../core/extraction-result.ts'
import { dataOnPage, pagesWithValues } from './training-pairs.ts'

const on = (page: number | null, value: ResultField['value'] = 'x'): ResultField => ({
  value,
  text: null,
  confidence: 1,
  source: page === null ? null : { page, box: [0, 0, 1, 1], text: '' },
  certified: false,
  path: 'direct',
  grounded: null,
  alternatives: [],
})

const row = {
  data: { name: 'A', total: 9, date: '2024-01-01', time: '12:00', items: [{ amount: 1 }, { amount: 2 }] },
  fields: {
    '/name': on(1),
    '/total': on(3),
    '/date': on(null),
    '/items/0/amount': on(1),
    '/items/1/amount': on(3),
  },
}

test('each page has the values that stand on it, and no others', () => {
  expect(pagesWithValues(row)).toEqual([1, 3])
  expect(dataOnPage(row, 1)).toEqual({
    name: 'A',
    total: null,
    date: null,
    time: null,
    items: [{ amount: 1 }],
  })
  expect(dataOnPage(row, 2)).toBeNull()
  expect(dataOnPage(row, 3)).toEqual({ name: null, total: 9, date: null, time: null, items: [{ amount: 2 }] })
  expect(row.data.total).toBe(9)
})
