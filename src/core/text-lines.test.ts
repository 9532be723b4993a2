import { expect, test } from 'vitest'
import { lineText, type Word } from './document.ts'
import { hull } from './geometry.ts'
import { groupIntoLines, toOcrPage } from './text-lines.ts'

const word = (text: string, x: number, y: number, { width = 0.1, height = 0.02 } = {}): Word => ({
  text,
  confidence: 0.9,
  box: [x, y, x + width, y + height],
})

const textsOf = (words: readonly Word[]): readonly string[] => groupIntoLines(words).map(lineText)

test.each<[string, Word[], string[]]>([
  ['nothing', [], []],
  [
    'names and prices that an engine read in two columns',
    [word('Tea', 0.1, 0.1), word('Mug', 0.1, 0.15), word('3.00', 0.8, 0.1), word('9.00', 0.8, 0.15)],
    ['Tea 3.00', 'Mug 9.00'],
  ],
  [
    'words in any order',
    [word('9.00', 0.8, 0.15), word('Mug', 0.1, 0.15), word('3.00', 0.8, 0.1), word('Tea', 0.1, 0.1)],
    ['Tea 3.00', 'Mug 9.00'],
  ],
  [
    'a small word beside a tall one',
    [word('TOTAL', 0.1, 0.1, { height: 0.04 }), word('RM', 0.3, 0.122, { height: 0.015 })],
    ['TOTAL RM'],
  ],
  [
    'lines that touch',
    [word('a', 0.1, 0.1), word('b', 0.1, 0.118), word('c', 0.5, 0.118), word('d', 0.5, 0.1)],
    ['a d', 'b c'],
  ],
  ['words printed over each other', [word('AB', 0.1, 0.1), word('CD', 0.11, 0.1)], ['AB', 'CD']],
])('rebuilds the lines of %s', (_, words, expected) => expect(textsOf(words)).toEqual(expected))

test('follows lines that climb along a page that is still turned', () => {
  const columns = [0, 1, 2, 3, 4, 5, 6, 7]
  const turned = ['a', 'b', 'c'].flatMap((name, index) =>
    columns.map((c) => word(`${name}${c}`, 0.02 + c * 0.12, 0.3 + index * 0.03 - c * 0.003)),
  )
  expect(textsOf(turned)).toEqual(['a', 'b', 'c'].map((name) => columns.map((c) => `${name}${c}`).join(' ')))
})

test('keeps every word, by identity, in the box of its line', () => {
  const words = [word('Tea', 0.1, 0.1), word('3.00', 0.8, 0.104), word('Mug', 0.1, 0.15)]
  const lines = groupIntoLines(words)
  expect(new Set(lines.flatMap((line) => line.words))).toEqual(new Set(words))
  for (const line of lines) {
    expect(line.box).toEqual(hull(line.words.map((w) => w.box)))
    for (const w of line.words) expect(words).toContain(w)
  }
})

test('a page has no empty words', () => {
  const page = toOcrPage(2, [word(' ', 0.1, 0.1), word('Tea', 0.3, 0.1), word('', 0.5, 0.1)])
  expect(page.page).toBe(2)
  expect(page.lines.map((line) => line.words)).toEqual([[word('Tea', 0.3, 0.1)]])
  expect(toOcrPage(1, [word('\t', 0, 0)]).lines).toEqual([])
})
