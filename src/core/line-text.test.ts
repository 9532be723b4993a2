import { expect, test } from 'vitest'
import { pageOf } from './page.case.ts'
import { findInLine, wordsBetween } from './line-text.ts'

const line = pageOf('TOTAL  RM 1O.5O').lines[0]!
const [total, rm, amount] = line.words

test.each([
  [0, 5, [total]],
  [0, 6, [total]],
  [6, 8, [rm]],
  [4, 10, [total, rm, amount]],
  [9, 100, [amount]],
  [5, 6, []],
])('characters %d to %d touch these words', (start, end, words) => {
  expect(wordsBetween(line, start, end)).toEqual(words)
})

test('finds a pattern with the words it touches', () => {
  expect(findInLine(line, /RM\s\S+/g)).toEqual([{ text: 'RM 1O.5O', start: 6, end: 14, words: [rm, amount] }])
})

test('finds in a repaired text, words as read', () => {
  const [span] = findInLine(line, /\d+\.\d\d/g, 'TOTAL RM 10.50')
  expect(span).toEqual({ text: '10.50', start: 9, end: 14, words: [amount] })
  expect(span!.words[0]).toBe(amount)
})
