import { describe, expect, test } from 'vitest'
import sharp from 'sharp'
import { mapBox } from '../core/geometry.ts'
import type { PageImage } from '../core/document.ts'
import type { ErrorCode } from '../core/errors.ts'
import { loadDocument } from './load.ts'
import {
  bitmap,
  drawSheet,
  encryptedPdf,
  filled,
  pdfOf,
  pdfPages,
  picture,
  pngBomb,
  sequence,
} from './test-images.ts'

const sheet = drawSheet(700, 1000)
const [png, jpeg, webp, gif, avif] = await Promise.all([
  picture(sheet).png().toBuffer(),
  picture(sheet).jpeg({ quality: 90 }).toBuffer(),
  picture(sheet).webp().toBuffer(),
  picture(sheet).gif().toBuffer(),
  picture(sheet).avif({ effort: 0 }).toBuffer(),
])
const bmp = bitmap(sheet)
const part = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share))

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at)
  return copy
}

/** The file with numbers of 32 bits, lowest byte first, from a place on. */
function withNumber(bytes: Buffer, at: number, ...values: number[]): Buffer {
  const copy = Buffer.from(bytes)
  values.forEach((value, i) => copy.writeUInt32LE(value, at + 4 * i))
  return copy
}

/** The GIF with another size on its screen and its frame. */
function gifBomb(bytes: Buffer, side: number): Buffer {
  const copy = Buffer.from(bytes)
  const frame = copy.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]))
  for (const at of [6, 8, frame + 5, frame + 7]) copy.writeUInt16LE(side, at)
  return copy
}

const plain = (width: number, height: number): Promise<Buffer> =>
  picture(filled(width, height, 255))
    .png()
    .toBuffer()

const catalog = '<< /Type /Catalog /Pages 2 0 R >>'

const bad: [string, ErrorCode, () => Buffer | Promise<Buffer>][] = [
  ['no bytes', 'E_NOT_IMAGE', () => Buffer.alloc(0)],
  ['text', 'E_NOT_IMAGE', () => Buffer.from('Dear Sir or Madam, please find attached our invoice.')],
  ['HTML', 'E_NOT_IMAGE', () => Buffer.from('<!doctype html><html><body><svg></svg>Invoice</body></html>')],
  ['random bytes', 'E_NOT_IMAGE', () => Buffer.from('0b17'.repeat(200), 'hex')],
  ['a PNG signature only', 'E_NOT_IMAGE', () => png.subarray(0, 8)],
  ['a JPEG signature only', 'E_NOT_IMAGE', () => jpeg.subarray(0, 4)],
  [
    'SVG',
    'E_UNSUPPORTED_TYPE',
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  ],
  [
    'SVG with a prolog',
    'E_UNSUPPORTED_TYPE',
    () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  ],
  ['a zip archive', 'E_UNSUPPORTED_TYPE', () => Buffer.from(`504b0506${'00'.repeat(30)}`, 'hex')],
  ['a PNG with a flipped bit', 'E_CORRUPT', () => flipped(png, Math.floor(png.length / 2))],
  ['an image of one pixel', 'E_TOO_SMALL', () => plain(1, 1)],
  ['a line of pixels', 'E_TOO_SMALL', () => plain(1, 20_000)],
  ['an image of 31 pixels', 'E_TOO_SMALL', () => plain(31, 100)],
  ['a ribbon', 'E_TOO_SMALL', () => plain(40, 4000)],
  ['a bomb of 50,000 squared', 'E_TOO_MANY_PIXELS', () => pngBomb(50_000, 50_000, 1, 0)],
  ['a bomb of 16,383 squared', 'E_TOO_MANY_PIXELS', () => pngBomb(16_383, 16_383, 8, 6)],
  ['a bitmap of 60,000 squared', 'E_TOO_MANY_PIXELS', () => withNumber(bmp, 18, 60_000, 60_000)],
  ['a bitmap of run lengths', 'E_UNSUPPORTED_TYPE', () => withNumber(bmp, 30, 1)],
  ['a bitmap of one pixel', 'E_TOO_SMALL', () => withNumber(bmp, 18, 1, 1)],
  ['a GIF of 40,000 squared', 'E_TOO_MANY_PIXELS', () => gifBomb(gif, 40_000)],
  ['a fake PDF', 'E_CORRUPT', () => Buffer.from('%PDF-1.7\nthis is no document, only its first line\n')],
  ['a truncated PDF', 'E_CORRUPT', () => part(pdfPages([[200, 300]]), 0.2)],
  ['a PDF without pages', 'E_CORRUPT', () => pdfOf([catalog, '<< /Type /Pages /Kids [] /Count 0 >>'])],
  ['a PDF with a password', 'E_PDF_ENCRYPTED', encryptedPdf],
]

describe('bad input', () => {
  test.each(bad)('%s: %s', async (_, code, make) => {
    await expect(loadDocument(await make())).rejects.toMatchObject({ name: 'ParallaxError', code })
  })

  const formats: [string, Buffer][] = [
    ['PNG', png],
    ['JPEG', jpeg],
    ['WebP', webp],
    ['GIF', gif],
    ['AVIF', avif],
    ['BMP', bmp],
  ]
  const cuts = formats.flatMap(([name, bytes]) =>
    [0.05, 0.3, 0.6, 0.95].map((s) => [name, s, bytes] as const),
  )
  test.each(cuts)('%s cut off at %d: E_CORRUPT', async (_, share, bytes) => {
    await expect(loadDocument(part(bytes, share))).rejects.toMatchObject({ code: 'E_CORRUPT' })
  })

  test('limits that the caller sets', async () => {
    await expect(loadDocument(png, { maxImageBytes: 100 })).rejects.toMatchObject({
      code: 'E_FILE_TOO_LARGE',
    })
    const two = pdfPages([[200, 300], [200, 300]]) // prettier-ignore
    await expect(loadDocument(two, { maxPages: 1 })).rejects.toMatchObject({ code: 'E_TOO_MANY_PAGES' })
    await expect(loadDocument(two, { maxDocumentPixels: 1000 })).rejects.toMatchObject({
      code: 'E_TOO_MANY_PIXELS',
    })
  })
})

/** Mean brightness of a part of the image, in fractions. */
function brightness(
  { data, width, height }: { data: Uint8Array; width: number; height: number },
  box: number[],
): number {
  const [x0, y0, x1, y1] = box as [number, number, number, number]
  let sum = 0
  let count = 0
  for (let y = Math.floor(y0 * height); y < Math.floor(y1 * height); y++) {
    for (let x = Math.floor(x0 * width); x < Math.floor(x1 * width); x++, count++) sum += data[y * width + x]!
  }
  return sum / count
}

/** Mean difference of two images' brightness; they may differ by two pixels in size. */
function meanDifference(a: PageImage, b: PageImage): number {
  expect(Math.abs(a.width - b.width)).toBeLessThanOrEqual(2)
  expect(Math.abs(a.height - b.height)).toBeLessThanOrEqual(2)
  const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)]
  let sum = 0
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) sum += Math.abs(a.data[y * a.width + x]! - b.data[y * b.width + x]!)
  return sum / (width * height)
}

describe('pages', () => {
  test.each([png, jpeg, webp, gif, avif, bmp])('one page of every image format', async (bytes) => {
    const { pages } = await loadDocument(bytes)
    expect(pages.map((p) => p.number)).toEqual([1])
    expect(pages[0]!.image.data.length).toBe(pages[0]!.image.width * pages[0]!.image.height)
    expect(pages[0]!.quality.skew).toBe(0)
  })

  const orientations = [1, 2, 3, 4, 5, 6, 7, 8]
  test.each(orientations)('EXIF orientation %d gives the same upright page', async (orientation) => {
    const turns = {
      1: [0, 0],
      2: [0, 1],
      3: [180, 0],
      4: [180, 1],
      5: [270, 1],
      6: [270, 0],
      7: [90, 1],
      8: [90, 0],
    }
    const [angle, mirror] = turns[orientation as keyof typeof turns] as [number, number]
    const mirrored = mirror ? await picture(sheet).flop().png().toBuffer() : png
    const stored = await sharp(mirrored).rotate(angle).withMetadata({ orientation }).png().toBuffer()
    const page = (await loadDocument(stored)).pages[0]!
    const upright = (await loadDocument(png)).pages[0]!
    expect([page.image.width, page.image.height]).toEqual([upright.image.width, upright.image.height])
    expect(Buffer.compare(page.image.data, upright.image.data)).toBe(0)
  })

  test('CMYK, 16 bits, wide gamut and transparency come out like the plain picture', async () => {
    const plainPage = (await loadDocument(png)).pages[0]!
    const variants = await Promise.all([
      picture(sheet).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
      picture(sheet).toColourspace('grey16').png().toBuffer(),
      picture(sheet).toColourspace('rgb16').png().toBuffer(),
      picture(sheet).toColourspace('srgb').withIccProfile('p3').png().toBuffer(),
      picture(sheet).toColourspace('srgb').ensureAlpha(1).png().toBuffer(),
    ])
    for (const bytes of variants) {
      const page = (await loadDocument(bytes)).pages[0]!
      expect(Math.abs(page.image.width - plainPage.image.width)).toBeLessThanOrEqual(2)
      expect(
        Math.abs(brightness(page.image, [0, 0, 1, 1]) - brightness(plainPage.image, [0, 0, 1, 1])),
      ).toBeLessThan(4)
    }
  })

  test('transparent paper is white', async () => {
    const ink = await picture(sheet).negate().toColourspace('b-w').raw().toBuffer()
    const black = sharp({ create: { width: 700, height: 1000, channels: 3, background: '#000' } })
    const bytes = await black
      .joinChannel(ink, { raw: { width: 700, height: 1000, channels: 1 } })
      .png()
      .toBuffer()
    const page = (await loadDocument(bytes)).pages[0]!
    expect(brightness(page.image, [0, 0, 1, 1])).toBeGreaterThan(150)
  })

  test('every page of a PDF, in order, each announced', async () => {
    let announced = 0
    const { pages } = await loadDocument(pdfPages([[595, 842], [842, 595]]), {}, () => void announced++) // prettier-ignore
    expect(announced).toBe(2)
    expect(pages.map((p) => p.number)).toEqual([1, 2])
    expect(pages[0]!.image.height).toBeGreaterThan(pages[0]!.image.width)
    expect(pages[1]!.image.height).toBeLessThan(pages[1]!.image.width)
    expect(brightness(pages[0]!.image, [0.2, 0.785, 0.6, 0.795])).toBeLessThan(60)
    expect(brightness(pages[0]!.image, [0.2, 0.6, 0.6, 0.7])).toBeGreaterThan(240)
  })

  test('a PDF page of 200 inches stays small', async () => {
    const { pages } = await loadDocument(pdfPages([[14_400, 14_400]]))
    expect(pages[0]!.image.data.length).toBeLessThan(13e6)
  })

  test('a PDF behind other bytes', async () => {
    const { pages } = await loadDocument(Buffer.concat([Buffer.from('\n\n<junk>\n'), pdfPages([[300, 400]])]))
    expect(pages).toHaveLength(1)
  })

  test('a blank page is kept whole', async () => {
    const page = (await loadDocument(await plain(800, 1100))).pages[0]!
    expect(mapBox([0, 0, 1, 1], page.toSubmitted)).toEqual([0, 0, 1, 1])
    expect(brightness(page.image, [0, 0, 1, 1])).toBeGreaterThan(250)
  })
})

describe('formats of screens and phones', () => {
  test('an animation is its first frame', async () => {
    const frames = [sheet, filled(700, 1000, 250), filled(700, 1000, 250)]
    const stacked = Buffer.concat(frames.map(({ data }) => data))
    const animated = sharp(stacked, { raw: { width: 700, height: 3000, channels: 1, pageHeight: 1000 } })
    for (const bytes of [await animated.clone().gif().toBuffer(), await animated.clone().webp().toBuffer()]) {
      const { pages } = await loadDocument(bytes)
      expect(pages).toHaveLength(1)
      expect(brightness(pages[0]!.image, [0, 0, 1, 1])).toBeLessThan(235)
    }
  })

  test.each([1, 3, 6, 8])('AVIF stored under EXIF orientation %d is turned once', async (orientation) => {
    const turns: Record<number, number> = { 1: 0, 3: 180, 6: 270, 8: 90 }
    const stored = await sharp(png)
      .rotate(turns[orientation])
      .withMetadata({ orientation })
      .avif({ effort: 0, quality: 80 })
      .toBuffer()
    const page = (await loadDocument(stored)).pages[0]!
    const upright = (await loadDocument(png)).pages[0]!
    expect(meanDifference(page.image, upright.image)).toBeLessThan(12)
  })

  test.each([1, 4, 8, 24, 32] as const)('bitmaps of %d bits, rows upwards and downwards', async (bits) => {
    const upright = (await loadDocument(png)).pages[0]!
    for (const rows of ['upwards', 'downwards'] as const) {
      const page = (await loadDocument(bitmap(sheet, bits, rows))).pages[0]!
      expect(meanDifference(page.image, upright.image)).toBeLessThan(12)
    }
  })
})

test('a page of grain alone is read in time and kept', async () => {
  const next = sequence(5)
  const grain = filled(1240, 1754, 0)
  for (let i = 0; i < grain.data.length; i++) grain.data[i] = 255 * next()
  const page = (await loadDocument(await picture(grain).png({ compressionLevel: 1 }).toBuffer())).pages[0]!
  const [x0, y0, x1, y1] = mapBox([0, 0, 1, 1], page.toSubmitted)
  expect((x1 - x0) * (y1 - y0)).toBeGreaterThan(0.9)
})
