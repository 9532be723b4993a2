import { expect, test } from 'vitest'
import type { Page } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import type { Fields } from '../core/extraction.ts'
import { identity, type Box, type Transform } from '../core/geometry.ts'
import { crossCheck } from './cross-check.ts'

const size = 100

/** A page with black bars, each as high as a line of print. */
function barred(tops: readonly number[], toSubmitted: Transform = identity): Page {
  const data = new Uint8Array(size * size).fill(255)
  for (const top of tops) data.fill(0, top * size, (top + 6) * size)
  return {
    number: 1,
    image: { data, width: size, height: size },
    toSubmitted,
    quality: { sharpness: 1, skew: 0 },
  }
}

/** Reads every bar as a word, and keeps the heights of the pages that it was shown. */
function barReader(shown: number[] = []): OcrEngine {
  return {
    name: 'bars',
    revision: '1',
    uprightConfidence: 0,
    knownScriptConfidence: null,
    digitConfusions: {},
    async recognize({ number, image: { data, width, height } }) {
      shown.push(height)
      const dark = (y: number): boolean => y >= 0 && y < height && data[y * width] === 0
      const tops = Array.from({ length: height }, (_, y) => y).filter((y) => dark(y) && !dark(y - 1))
      const lines = tops.map((top) => {
        const end =
          tops.length && Array.from({ length: height - top }, (_, i) => top + i).find((y) => !dark(y))!
        const box: Box = [0.1, top / height, 0.9, end / height]
        return { box, words: [{ text: 'bar', confidence: 1, box }] }
      })
      return { page: number, lines }
    },
  }
}

const claims = (...boxes: [number, number, number, number][]): Fields =>
  Object.fromEntries(
    boxes.map((box, i) => [
      `/v${i}`,
      { value: 'bar', text: 'bar', confidence: 1, source: { page: 1, box, text: 'bar' } },
    ]),
  )

test('only the rows of claimed values are read, and words stand where they are on the page', async () => {
  const shown: number[] = []
  const page = barred([10, 40, 80])
  const { engine, words } = await crossCheck([page], claims([0.1, 0.4, 0.9, 0.46], [0.2, 0.8, 0.5, 0.86]), barReader(shown))
  expect(engine).toBe('bars')
  expect(shown).toEqual([24])
  expect(words.map(({ box }) => [box[1], box[3]].map((v) => Math.round(v * 100)))).toEqual([[40, 46], [80, 86]]) // prettier-ignore
}) // prettier-ignore

test('places lead to the page as it was submitted', async () => {
  const lowerHalf: Transform = [1, 0, 0, 0.5, 0, 0.5]
  const { words } = await crossCheck([barred([40], lowerHalf)], claims([0.1, 0.7, 0.9, 0.73]), barReader())
  expect(words.map(({ box }) => [box[1], box[3]].map((v) => Math.round(v * 100)))).toEqual([[70, 73]])
})

test('a page without claims is not read', async () => {
  const shown: number[] = []
  expect(await crossCheck([barred([10])], {}, barReader(shown))).toEqual({ engine: 'bars', words: [] })
  expect(shown).toEqual([])
})
