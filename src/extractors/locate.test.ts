import { expect, test } from 'vitest'
import type { Page } from '../core/document.ts'
import type { Box } from '../core/geometry.ts'
import { locateFields } from './locate.ts'

const page = (number: number, toSubmitted: Page['toSubmitted']): Page => ({
  number,
  image: { data: new Uint8Array(1), width: 1, height: 1 },
  toSubmitted,
  quality: { sharpness: 100, skew: 0 },
})
const at = (number: number, box: Box) => ({
  value: 'x',
  text: 'x',
  confidence: 1,
  source: { page: number, box: [...box] as [number, number, number, number], text: 'x' },
})

test('boxes go to the page as it was submitted, each by its own page', () => {
  const pages = [page(1, [0.5, 0, 0, 0.5, 0.25, 0.25]), page(2, [-1, 0, 0, -1, 1, 1])]
  const nowhere = { value: null, text: null, confidence: 0, source: null }
  const fields = { '/a': at(1, [0, 0, 1, 1]), '/b': at(2, [0, 0, 0.25, 0.5]), '/c': nowhere } as const
  expect(locateFields(fields, pages)).toEqual({
    '/a': at(1, [0.25, 0.25, 0.75, 0.75]),
    '/b': at(2, [0.75, 0.5, 1, 1]),
    '/c': nowhere,
  })
})
