import { readFileSync } from 'node:fs'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import type { PageImage } from '../core/document.ts'
import { ParallaxError, type ErrorCode } from '../core/errors.ts'
import { openHevcDecoder } from './hevc.ts'
import { readContainer } from './heif-container.ts'
import { defaultLimits } from './limits.ts'
import { loadDocument } from './load.ts'
import { openPages } from './open.ts'
import { drawSheet, filled, picture, sequence } from './test-images.ts'

const heic = (name: string): Buffer => readFileSync(new URL(`./test-heic/${name}.heic`, import.meta.url))

const drawn = picture(drawSheet(350, 500))

function expectAlike(a: PageImage, b: PageImage): void {
  expect([a.width, a.height]).toEqual([b.width, b.height])
  const difference = a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]!), 0) / a.data.length
  expect(difference).toBeLessThan(6)
}

async function greyOf(image: Sharp): Promise<PageImage> {
  const { data, info } = await image.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

async function turned(image: Sharp, degrees: number): Promise<Sharp> {
  const { data, width, height } = await greyOf(image.clone().rotate(degrees))
  return sharp(data, { raw: { width, height, channels: 1 } })
}

const files: [string, () => Promise<Sharp>][] = [
  ['sheet', () => Promise.resolve(drawn.clone())],
  ['grid', () => Promise.resolve(drawn.clone())],
  ['two', () => Promise.resolve(drawn.clone())],
  ['ten-bits', () => Promise.resolve(drawn.clone())],
  ['turned-right', () => turned(drawn, 90)],
  ['upside-mirrored', () => Promise.resolve(drawn.clone().flip())],
  ['turned-left-mirrored', async () => (await turned(drawn, 270)).flop()],
]

describe('a HEIC file', () => {
  test.each(files)('%s shows the drawn page, as the container turns it', async (name, make) => {
    const expected = await greyOf(await make())
    const source = await openPages(heic(name), defaultLimits)
    expect(source.count).toBe(1)
    expect(await source.size(0)).toEqual({ width: expected.width, height: expected.height })
    expectAlike(await source.render(0), expected)
    const { jpeg, width } = await source.picture(0, 400)
    expect(width).toBeLessThanOrEqual(400)
    const coloured = await source.picture(0, 5000)
    expectAlike(await greyOf(sharp(coloured.jpeg)), expected)
    expect((await sharp(jpeg).metadata()).channels).toBe(3)
  })

  test('colours come out as they were drawn', async () => {
    const { jpeg } = await (await openPages(heic('sheet'), defaultLimits)).picture(0, 5000)
    const { data } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
    const spread = data.reduce(
      (most, _, i) => (i % 3 === 0 ? Math.max(most, Math.abs(data[i]! - data[i + 2]!)) : most),
      0,
    )
    expect(spread).toBeLessThan(24)
  })

  test('is read on as any other page', async () => {
    const { pages } = await loadDocument(heic('grid'))
    expect(pages).toHaveLength(1)
    expect(pages[0]!.quality.skew).toBe(0)
  })
})

/** The file with bytes written behind the four letters of a box's type. */
function patched(name: string, box: string, offset: number, bytes: number[]): Buffer {
  const copy = heic(name)
  copy.set(bytes, copy.indexOf(box, 0, 'latin1') + 4 + offset)
  return copy
}

const long = (value: number): number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]

/** The eight bytes that describe the grid, in the file. */
const gridBytes = Buffer.from([0, 0, 3, 2, 1, 94, 1, 244])
function regridded(bytes: number[]): Buffer {
  const copy = heic('grid')
  const at = copy.indexOf(gridBytes)
  expect(at).toBeGreaterThan(0)
  copy.set(bytes, at)
  return copy
}

const part = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share))

const bad: [string, ErrorCode, () => Buffer][] = [
  [
    'one that declares 60,000 squared',
    'E_TOO_MANY_PIXELS',
    () => patched('sheet', 'ispe', 4, [...long(60_000), ...long(60_000)]),
  ],
  [
    'one that declares more than is coded',
    'E_CORRUPT',
    () => patched('sheet', 'ispe', 4, [...long(4000), ...long(4000)]),
  ],
  [
    'one that declares much less than is coded',
    'E_CORRUPT',
    () => patched('sheet', 'ispe', 4, [...long(64), ...long(64)]),
  ],
  ['one of no size', 'E_CORRUPT', () => patched('sheet', 'ispe', 4, [...long(0), ...long(0)])],
  ['a grid of 65,535 squared', 'E_TOO_MANY_PIXELS', () => regridded([0, 0, 3, 2, 255, 255, 255, 255])],
  ['a grid of 65,536 pieces', 'E_CORRUPT', () => regridded([0, 0, 255, 255, 1, 94, 1, 244])],
  ['a grid with pieces outside its picture', 'E_CORRUPT', () => regridded([0, 0, 3, 2, 0, 100, 1, 244])],
  ['a grid whose pieces leave a gap', 'E_CORRUPT', () => regridded([0, 0, 3, 2, 3, 94, 1, 244])],
  ['a primary picture that is not there', 'E_CORRUPT', () => patched('sheet', 'pitm', 4, [0, 77])],
  ['other colour formats', 'E_UNSUPPORTED_TYPE', () => heic('colours-444')],
  [
    'another coding',
    'E_UNSUPPORTED_TYPE',
    () => {
      const copy = heic('sheet')
      copy.write('vvc1', copy.indexOf('hvc1'), 'latin1')
      return copy
    },
  ],
  ['a small one', 'E_TOO_SMALL', () => patched('sheet', 'ispe', 4, [...long(20), ...long(20)])],
  ...[0.02, 0.3, 0.6, 0.99].map((share): [string, ErrorCode, () => Buffer] => [
    `one cut off at ${share}`,
    'E_CORRUPT',
    () => part(heic('sheet'), share),
  ]),
  ['a grid cut off', 'E_CORRUPT', () => part(heic('grid'), 0.8)],
]

describe('bad input', () => {
  test.each(bad)('%s: %s', async (_, code, make) => {
    await expect(loadDocument(make())).rejects.toMatchObject({ name: 'ParallaxError', code })
  })

  test('damage anywhere is an error with a code, or a page', { timeout: 60_000 }, async () => {
    const next = sequence(11)
    for (let i = 0; i < 60; i++) {
      const bytes = heic(i % 2 === 0 ? 'sheet' : 'turned-right')
      for (let n = 0; n < 3; n++)
        bytes[Math.floor(next() * (n === 0 ? bytes.length : 600))] = Math.floor(next() * 256)
      const outcome: unknown = await loadDocument(bytes).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ParallaxError)
    }
  })

  test('a coded size that the container does not know of', async () => {
    const { tileAt } = readContainer(heic('sheet'))
    const decoder = await openHevcDecoder()
    expect(() => decoder.decode(tileAt(0), { width: 100, height: 100 })).toThrow(ParallaxError)
    decoder.close()
  })

  test('a JPEG under the name of a HEIC is a JPEG', async () => {
    const jpeg = await picture(filled(400, 500, 250))
      .jpeg()
      .toBuffer()
    expect((await loadDocument(jpeg)).pages).toHaveLength(1)
  })
})
