import { expect, test } from 'vitest'
import { bicubic } from './bicubic.ts'
import { cut } from './resample.ts'

/** Waves of several lengths and directions, between 20 and 235. */
function waves(width: number, height: number) {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    return 127.5 + 60 * Math.sin(x / 5 + y / 11) + 47 * Math.cos(y / 7 - x / 23)
  })
  return { data, width, height }
}

const image = waves(180, 90)

test('at its own size a region is what it was', () => {
  const piece = bicubic(image, { left: 31, top: 17, width: 40, height: 25 }, 40, 25)
  const [first, last] = [image.data[17 * 180 + 31]!, image.data[41 * 180 + 70]!]
  expect([piece[0], piece.at(-1)]).toEqual([first, last])
})

test.each([
  [{ left: 10, top: 5, width: 120, height: 80 }, 72, 48],
  [{ left: 0, top: 0, width: 180, height: 90 }, 60, 30],
])('shrinks %j to %i x %i as libvips does', async (region, width, height) => {
  const expected = (await cut(image, region, width, height)).data
  const piece = bicubic(image, region, width, height)
  const furthest = piece.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i]!)), 0)
  expect(furthest).toBeLessThan(3)
})

test('enlarges a slope to a slope with its middle in the same place', () => {
  const slope = { data: Uint8Array.from({ length: 20 * 4 }, (_, at) => 10 * (at % 20)), width: 20, height: 4 }
  const piece = bicubic(slope, { left: 0, top: 0, width: 20, height: 4 }, 60, 12)
  for (let x = 9; x < 51; x++) expect(piece[6 * 60 + x]).toBeCloseTo(10 * ((x + 0.5) / 3 - 0.5), 3)
})

test('does not leave the range of grey at sharp edges', () => {
  const edge = {
    data: Uint8Array.from({ length: 100 }, (_, at) => (at % 10 < 5 ? 0 : 255)),
    width: 10,
    height: 10,
  }
  const piece = bicubic(edge, { left: 0, top: 0, width: 10, height: 10 }, 37, 37)
  expect([Math.min(...piece), Math.max(...piece)]).toEqual([0, 255])
})
