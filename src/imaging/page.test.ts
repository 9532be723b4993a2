import { describe, expect, test } from 'vitest'
import sharp from 'sharp'
import { mapBox, type Box } from '../core/geometry.ts'
import type { Page, PageImage } from '../core/document.ts'
import { loadDocument } from './load.ts'
import { makePage } from './page.ts'
import { drawLines, drawSheet, filled, picture, sequence } from './test-images.ts'

async function composed(ground: PageImage, sheet: PageImage, left: number, top: number): Promise<PageImage> {
  const input = await picture(sheet).png().toBuffer()
  const { data, info } = await picture(ground)
    .composite([{ input, left, top }])
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

async function turned(image: PageImage, degrees: number): Promise<PageImage> {
  const { data, info } = await picture(image)
    .rotate(degrees, { background: '#fafafa' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** What the normalised page shows of the submitted one, as fractions of it. */
const shown = (page: Page): Box => mapBox([0, 0, 1, 1], page.toSubmitted)

const a4 = (): PageImage => filled(1240, 1754, 252)

/** A dark desk with some grain. */
function desk(width: number, height: number): PageImage {
  const next = sequence(3)
  const image = filled(width, height, 0)
  for (let i = 0; i < image.data.length; i++) image.data[i] = 70 + 12 * next()
  return image
}

describe('the frame', () => {
  test.each([-8, -3.3, 0.7, 2, 5.5, 10])('a sheet turned by %d degrees is straightened', async (degrees) => {
    const page = await makePage(1, await turned(drawSheet(700, 1000), degrees))
    expect(page.quality.skew).toBeGreaterThan(degrees - 0.3)
    expect(page.quality.skew).toBeLessThan(degrees + 0.3)
    const again = await makePage(1, page.image)
    expect(Math.abs(again.quality.skew)).toBeLessThan(0.3)
  })

  test('a sheet on its side is turned upright, or over', async () => {
    const page = await makePage(1, await turned(drawSheet(700, 1000), 90))
    expect(page.quality.skew).toBeCloseTo(90, 0)
    expect(page.image.height).toBeGreaterThan(page.image.width)
  })

  test('a small receipt on an empty A4 scan is cropped to', async () => {
    const image = a4()
    drawLines(image, 400, 200, 16, 30, 20)
    const page = await makePage(1, image)
    const [x0, y0, x1, y1] = shown(page)
    expect(x0).toBeGreaterThan(0.25)
    expect(x0).toBeLessThan(400 / 1240)
    expect(y0).toBeLessThan(200 / 1754)
    expect(x1).toBeLessThan(0.75)
    expect(y1).toBeGreaterThan((200 + 19 * 16 * 1.9 + 16) / 1754)
    expect(y1).toBeLessThan(0.6)
  })

  test('a single line far from the rest is kept', async () => {
    const image = a4()
    drawLines(image, 300, 200, 16, 30, 20)
    drawLines(image, 700, 1600, 16, 12, 1)
    const [, , x1, y1] = shown(await makePage(1, image))
    expect(y1).toBeGreaterThan(1616 / 1754)
    expect(x1).toBeGreaterThan((700 + 6 * 16 * 0.8) / 1240)
  })

  test('a sheet on a dark desk is cropped to', async () => {
    const page = await makePage(1, await composed(desk(1200, 1600), drawSheet(500, 900), 300, 250))
    const [x0, y0, x1, y1] = shown(page)
    const edges = [
      [x0 * 1200, 300],
      [y0 * 1600, 250],
      [x1 * 1200, 800],
      [y1 * 1600, 1150],
    ] as const
    for (const [found, edge] of edges) expect(Math.abs(found - edge)).toBeLessThan(35)
  })

  test('text in a hard shadow is not taken for a desk', async () => {
    const image = drawSheet(800, 1100)
    for (let y = 0; y < 1100; y++) {
      for (let x = 480; x < 800; x++) image.data[y * 800 + x]! *= 0.5
    }
    const [x0, y0, x1, y1] = shown(await makePage(1, image))
    expect(x0).toBeLessThan(0.1)
    expect(y0).toBeLessThan(0.1)
    expect(x1).toBeGreaterThan(0.88)
    expect(y1).toBeGreaterThan(0.85)
  })
})

describe('the way back to the submitted page', () => {
  /** The middle of the darkest thick blot, in fractions. */
  function blot({ data, width, height }: PageImage, size: number): [number, number] {
    let best = { sum: Infinity, x: 0, y: 0 }
    for (let y = 0; y + size < height; y += 2) {
      for (let x = 0; x + size < width; x += 2) {
        let sum = 0
        for (let j = 0; j < size; j += 2)
          for (let i = 0; i < size; i += 2) sum += data[(y + j) * width + x + i]!
        if (sum < best.sum) best = { sum, x: x + size / 2, y: y + size / 2 }
      }
    }
    return [best.x / width, best.y / height]
  }

  test.each([0, 4, -7, 90])(
    'a mark on a page turned by %d degrees is found within a hundredth',
    async (degrees) => {
      const sheet = drawSheet(700, 1000)
      for (let y = 480; y < 510; y++) sheet.data.fill(0, y * 700 + 400, y * 700 + 430)
      const submitted = await turned(sheet, degrees)
      const page = await makePage(1, submitted)
      const size = Math.round((24 * page.image.width) / (700 * (shown(page)[2] - shown(page)[0])))
      const [x, y] = blot(page.image, size)
      const [trueX, trueY] = blot(submitted, 24)
      const [mappedX, mappedY] = mapBox([x, y, x, y], page.toSubmitted)
      expect(Math.abs(mappedX - trueX)).toBeLessThan(0.01)
      expect(Math.abs(mappedY - trueY)).toBeLessThan(0.01)
    },
  )
})

describe('files as they come', () => {
  test('all pages of a TIFF', async () => {
    const sheets = [drawSheet(400, 500), filled(400, 500, 255), drawSheet(400, 500)]
    const data = Buffer.concat(sheets.map((s) => s.data))
    const raw = { width: 400, height: 1500, channels: 1 as const, pageHeight: 500 }
    const { pages } = await loadDocument(await sharp(data, { raw }).tiff({ compression: 'lzw' }).toBuffer())
    expect(pages.map((p) => p.number)).toEqual([1, 2, 3])
    expect(pages[1]!.image.data.every((v) => v > 250)).toBe(true)
    expect(pages[2]!.image.data.some((v) => v < 60)).toBe(true)
    expect(Buffer.compare(pages[2]!.image.data, pages[0]!.image.data)).toBe(0)
  })

  test('a WebP and a PNG of 60 megapixels', async () => {
    const large = picture(drawSheet(600, 800)).resize(6720, 8960, { kernel: 'nearest' })
    for (const bytes of [
      await large.png({ compressionLevel: 1 }).toBuffer(),
      await large.webp({ effort: 0 }).toBuffer(),
    ]) {
      const { pages } = await loadDocument(bytes)
      expect(pages[0]!.image.data.some((v) => v < 60)).toBe(true)
    }
  })

  test('a JPEG of 108 megapixels in little memory', async () => {
    const bytes = await picture(drawSheet(600, 800))
      .resize(9000, 12_000, { kernel: 'nearest' })
      .jpeg({ quality: 80 })
      .toBuffer()
    const before = process.memoryUsage().rss
    const { pages } = await loadDocument(bytes)
    expect(process.memoryUsage().rss - before).toBeLessThan(500e6)
    expect(pages[0]!.image.data.some((v) => v < 60)).toBe(true)
  })
})
