import { expect, test } from 'vitest'
import type { Word } from '../core/document.ts'
import { recordsOf, type ColumnCell } from './records-of-cells.ts'

/** A page as it looks, a character a hundredth wide, a line two hundredths high: words of `d` are descriptions, and so on. */
function cellsOf(page: string, columns: Readonly<Record<string, RegExp>>): readonly ColumnCell[] {
  return page.split('\n').flatMap((line, row) =>
    Object.entries(columns).flatMap(([pointer, pattern]) =>
      [...line.matchAll(pattern)].map(({ 0: text, index }): ColumnCell => {
        const box: Word['box'] = [index / 100, row / 50, (index + text.length) / 100, (row + 0.8) / 50]
        return { question: { pointer }, words: [{ text, confidence: 1, box }], probability: 0.9 }
      }),
    ),
  )
}

const columns = { item: /[a-z]+/g, count: /\b\d+\b(?!\.)(?<!\.\d+)/g, amount: /\d+\.\d\d/g }
const read = (page: string): readonly string[] =>
  recordsOf(cellsOf(page, columns)).map((record) =>
    record
      .map(({ words }) => words[0]!.text)
      .sort()
      .join(' '),
  )

test('what begins on one line is a record, with columns left empty', () => {
  const page = `
    apple     2   3.00
    pear          4.00
    plum      1   0.50`
  expect(read(page)).toEqual(['2 3.00 apple', '4.00 pear', '0.50 1 plum'])
})

test('an amount below its description belongs to it', () => {
  const page = `
    apple
              2   3.00
    pear
              7   4.00`
  expect(read(page)).toEqual(['2 3.00 apple', '4.00 7 pear'])
})

test('what stands far below is another record', () => {
  const page = `
    apple         3.00



              2`
  expect(read(page)).toEqual(['3.00 apple', '2'])
})

test('a text over several lines reaches down to its amount', () => {
  const [description] = cellsOf('apple', columns)
  const last: Word = { text: 'pie', confidence: 1, box: [0, 2 / 50, 0.03, 2.8 / 50] }
  const amount = cellsOf('\n\n\n   4.00', columns)
  const long = { ...description!, words: [...description!.words, last] }
  expect(recordsOf([long, ...amount])).toHaveLength(1)
  expect(recordsOf([description!, ...amount])).toHaveLength(2)
})

test('of two cells of a column on a line the surer one counts', () => {
  const cells = cellsOf('apple pear   4.00', columns)
  const doubted = cells.map((cell) =>
    cell.words[0]!.text === 'apple' ? { ...cell, probability: 0.6 } : cell,
  )
  expect(recordsOf(doubted).map((r) => r.map(({ words }) => words[0]!.text))).toEqual([['pear', '4.00']])
})

test('no cells are no records', () => {
  expect(recordsOf([])).toEqual([])
})
