import { expect, test } from 'vitest'
import { fileOf, partName, placeOf, type Part } from './part.ts'

const part: Part = { index: 2, of: 3, pages: [4, 5], region: null, probability: 0.9 }

test('a part is called after its file, and its file is found again', () => {
  expect(partName('scans/a.pdf', part)).toBe('scans/a.pdf#2')
  expect(fileOf({ file: 'scans/a.pdf#2', part })).toBe('scans/a.pdf')
  expect(fileOf({ file: 'scans/odd#2' })).toBe('scans/odd#2')
})

test.each([
  [{ pages: [1], region: null }, 'page 1'],
  [{ pages: [2, 3, 4], region: null }, 'pages 2–4'],
  [{ pages: [1], region: [0, 0.5, 1, 1] as const }, 'page 1 (left 0 %, top 50 %, right 100 %, bottom 100 %)'],
])('says where a part stands', (place, text) => expect(placeOf(place)).toBe(text))
