import { expect, test } from 'vitest'
import { hull } from '../../core/geometry.ts'
import type { OcrPage, TextLine } from '../../core/document.ts'
import { pairsOn } from './pairs.ts'
import { textOf } from './sheet.ts'

/** Cells of a row, each with the x at which it begins, printed at `y` in letters of a height. */
function row(y: number, height: number, cells: readonly (readonly [x: number, text: string])[]): TextLine {
  const words = cells.flatMap(([x, text]) => {
    let at = x
    return text.split(' ').map((word) => {
      const box = [at, y, at + word.length * height * 0.5, y + height] as const
      at = box[2] + height * 0.4
      return { text: word, box, confidence: 1 }
    })
  })
  return { words, box: hull(words.map((word) => word.box)) }
}

const page = (...lines: readonly TextLine[]): OcrPage => ({ page: 1, lines })
const found = (one: OcrPage) => pairsOn([one]).map(({ caption, words }) => [caption, textOf(words)])

test('the boxes of a form have their captions in small print above what was filled in', () => {
  const boxes = page(
    row(0.1, 0.012, [[0.1, 'Dock leader'], [0.5, 'Kind of boat']]), // prettier-ignore
    row(0.125, 0.018, [[0.1, 'Ada Field'], [0.5, 'Heron']]), // prettier-ignore
    row(0.2, 0.012, [[0.1, 'Locker'], [0.5, 'Tenant since']]), // prettier-ignore
    row(0.225, 0.018, [[0.1, 'B 12'], [0.5, '4 May 2020']]), // prettier-ignore
  )
  expect(found(boxes)).toEqual([
    ['Dock leader', 'Ada Field'],
    ['Kind of boat', 'Heron'],
    ['Locker', 'B 12'],
    ['Tenant since', '4 May 2020'],
  ])
})

test('letters of one size are no captions of what stands below them', () => {
  const lines = page(
    row(0.1, 0.018, [[0.1, 'Dock leader'], [0.5, 'Kind of boat']]), // prettier-ignore
    row(0.125, 0.018, [[0.1, 'Ada Field'], [0.5, 'Heron']]), // prettier-ignore
  )
  expect(found(lines)).toEqual([])
})

test('an ordinary word of a value behind a colon is no caption, a second caption on the line is one', () => {
  const street = page(row(0.1, 0.018, [[0.1, 'Rue: 12, rue Rousset']])) // prettier-ignore
  expect(found(street)).toEqual([['Rue', '12, rue Rousset']])
  const two = page(row(0.1, 0.018, [[0.1, 'Date: 4 May 2020 Phone 0123 4567']])) // prettier-ignore
  expect(found(two)).toEqual([
    ['Date', '4 May 2020'],
    ['Phone', '0123 4567'],
  ])
})
