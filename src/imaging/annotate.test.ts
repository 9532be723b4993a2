import sharp from 'sharp'
import { expect, test } from 'vitest'
import { annotate } from './annotate.ts'

const page = { data: new Uint8Array(200 * 100).fill(255), width: 200, height: 100 }

async function drawn(...args: [Parameters<typeof annotate>[1], Parameters<typeof annotate>[2]]) {
  const png = await annotate(page, ...args)
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
  return (x: number, y: number) => [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)]
}

test('nothing to draw leaves the page white', async () => {
  const at = await drawn([], [])
  expect(at(100, 50)).toEqual([255, 255, 255])
})

test('a box is drawn round its place, in its colour', async () => {
  const mark = { box: [0.25, 0.4, 0.75, 0.8], label: '', color: '#ff0000', strong: false } as const
  const at = await drawn([], [mark])
  expect(at(100, Math.round(0.4 * 99))).toEqual([255, 0, 0])
  expect(at(100, 50)).toEqual([255, 255, 255])
})

test('a shade covers its cells, the less sure the paler', async () => {
  const shade = {
    width: 2,
    height: 1,
    data: Float32Array.from([1, 0.5]),
    box: [0, 0, 1, 1],
    color: '#0000ff',
  } as const
  const at = await drawn([shade], [])
  expect(at(50, 50)[0]).toBeLessThan(at(150, 50)[0]!)
  expect(at(150, 50)[0]).toBeLessThan(255)
})

test('labels stay within the page, whatever they say', async () => {
  const mark = {
    box: [0.9, 0, 1, 0.1],
    label: 'a < b & "c"\u0000 '.repeat(20),
    color: '#00aa00',
    strong: true,
  } as const
  await expect(annotate(page, [], [mark])).resolves.toBeInstanceOf(Buffer)
})
