import { expect, test } from 'vitest'
import { sroie } from './sroie.ts'

const truth = { company: 'BOOK TA .K', date: '25/12/2018', address: 'NO.53', total: '9.00' }

test('a wrong field counts against precision and recall, a missing one against recall', () => {
  const predicted = { company: 'BOOK TA .K', date: '25/12/2018', address: 'NO. 53', total: null }
  // Right 2, wrong 1, missing 1: precision 2/3, recall 2/4, F1 = 2·2 / (3 + 4).
  expect(sroie([{ predicted, truth }])).toEqual({ precision: 2 / 3, recall: 0.5, f1: 4 / 7 })
})

test('is over all documents; a failed one misses all its fields', () => {
  const corpus = [
    { predicted: truth, truth },
    { predicted: {}, truth },
  ]
  expect(sroie(corpus)).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3 })
})

test('a field without truth does not count', () => {
  expect(sroie([{ predicted: { total: '1' }, truth: { total: '' } }]).f1).toBeNull()
})
