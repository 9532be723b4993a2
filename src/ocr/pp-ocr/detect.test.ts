import { expect, test } from 'vitest'
import type { FloatTensor, Session } from '../../onnx/session.ts'
import { detectLines } from './detect.ts'

interface Mark {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly probability: number
}

/** A network that marks the same places whatever it is shown. */
function marking(marks: readonly Mark[], shown: FloatTensor[] = []): Session {
  return {
    async run({ page }) {
      const { shape } = page!
      shown.push(page as FloatTensor)
      const across = shape[3]!
      const data = new Float32Array(across * shape[2]!)
      for (const { left, top, width, height, probability } of marks)
        for (let y = top; y < top + height; y++)
          data.fill(probability, y * across + left, y * across + left + width)
      return { probabilities: { data, shape } }
    },
    close: async () => {},
  }
}

const picture = { scale: 0.5, mostSide: 2400, multiple: 32 }
const grey = (width: number, height: number, shade = 255) => ({
  data: new Uint8Array(width * height).fill(shade),
  width,
  height,
})
const mark = { left: 40, top: 40, width: 60, height: 6, probability: 0.9 }

test('a mark stands for a region that is larger by its height, more so below and to the right', async () => {
  const found = await detectLines({ session: marking([mark]), picture }, grey(640, 320))
  // 60 x 6 pixels at half the size grow by 360 / 132 = 2.7 pixels, and by a quarter more.
  expect(found).toEqual([{ left: 74, top: 74, width: 133, height: 25 }])
})

test('shows the network a page in shades from -1 to 1, with sides that it can halve', async () => {
  const shown: FloatTensor[] = []
  await detectLines({ session: marking([], shown), picture }, grey(610, 333, 51))
  expect(shown[0]!.shape).toEqual([1, 1, 160, 320])
  expect(shown[0]!.data.every((shade) => Math.abs(shade + 0.6) < 1e-6)).toBe(true)
})

test('looks at a very long page in a smaller picture', async () => {
  const shown: FloatTensor[] = []
  await detectLines({ session: marking([], shown), picture }, grey(64, 9600))
  expect(shown[0]!.shape).toEqual([1, 1, 2400, 32])
})

test('regions end with the page', async () => {
  const marks = [
    { ...mark, left: 0, top: 0 },
    { ...mark, left: 260, top: 154 },
  ]
  const found = await detectLines({ session: marking(marks), picture }, grey(640, 320))
  expect(found.map(({ left, top }) => [left, top])).toEqual([
    [0, 0],
    [514, 302],
  ])
  expect(found.map(({ left, width }) => left + width)).toEqual([127, 640])
  expect(found.map(({ top, height }) => top + height)).toEqual([19, 320])
})

test.each([
  ['is faint', { ...mark, probability: 0.4 }],
  ['is a speck', { ...mark, width: 2, height: 2 }],
])('what %s is no line', async (_, faint) =>
  expect(await detectLines({ session: marking([faint]), picture }, grey(640, 320))).toEqual([]),
)
