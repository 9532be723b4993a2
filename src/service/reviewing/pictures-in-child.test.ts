import { expect, test } from 'vitest'
import sharp from 'sharp'
import { drawSheet, pdfPages, picture } from '../../imaging/test-images.ts'
import { pictureInChild, sizesInChild } from './pictures-in-child.ts'

const side = 600
const red = { r: 220, g: 20, b: 20 }
const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red } })

async function colourAt(jpeg: Uint8Array): Promise<string> {
  const { data } = await sharp(jpeg)
    .extract({ left: 5, top: 5, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return data[0]! > 180 && data[1]! < 60 ? 'red' : data.join()
}

test('a photograph that lies on its side comes upright, shrunk and in its colours', async () => {
  const bytes = await solid(1200, 800).jpeg().withMetadata({ orientation: 6 }).toBuffer()
  const made = await pictureInChild({ bytes, page: 1, side })
  expect([made.width, made.height]).toEqual([400, 600])
  expect(await sizesInChild({ bytes, side })).toEqual([{ page: 1, width: 400, height: 600 }])
  const { width, height, orientation, exif } = await sharp(made.jpeg).metadata()
  expect([width, height, orientation, exif]).toEqual([400, 600, undefined, undefined])
  expect(await colourAt(made.jpeg)).toBe('red')
})

test('a small picture is not enlarged, and what is transparent is white', async () => {
  const bytes = await sharp({
    create: { width: 200, height: 100, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer()
  const made = await pictureInChild({ bytes, page: 1, side })
  expect([made.width, made.height]).toEqual([200, 100])
  expect(await colourAt(made.jpeg)).toBe('255,255,255')
})

test('every page of a PDF', async () => {
  const bytes = pdfPages([
    [200, 300],
    [300, 200],
  ])
  const sizes = await sizesInChild({ bytes, side })
  expect(sizes.map(({ page }) => page)).toEqual([1, 2])
  for (const { page, width, height } of sizes) {
    const made = await pictureInChild({ bytes, page, side })
    expect([made.width, made.height]).toEqual([width, height])
    expect(await sharp(made.jpeg).metadata()).toMatchObject({ width, height, format: 'jpeg' })
  }
  expect(sizes[0]!.height).toBe(600)
  expect(sizes[1]!.width).toBe(600)
})

test('every page of a TIFF', async () => {
  const page = await picture(drawSheet(300, 400)).png().toBuffer()
  const bytes = await sharp([page, page], { join: { animated: true } })
    .tiff()
    .toBuffer()
  expect(await sizesInChild({ bytes, side })).toEqual([
    { page: 1, width: 300, height: 400 },
    { page: 2, width: 300, height: 400 },
  ])
  expect(await pictureInChild({ bytes, page: 2, side })).toMatchObject({ width: 300, height: 400 })
})

test('a page that is not there, and a file that is nothing', async () => {
  const bytes = await solid(100, 100).png().toBuffer()
  await expect(pictureInChild({ bytes, page: 2, side })).rejects.toMatchObject({ code: 'E_NOT_FOUND' })
  const text = new TextEncoder().encode('Dear Sir or Madam, this is text.')
  await expect(sizesInChild({ bytes: text, side })).rejects.toMatchObject({ code: 'E_NOT_IMAGE' })
})

test('an XML file has no pages', async () => {
  expect(await sizesInChild({ bytes: Buffer.from('<?xml version="1.0"?><Invoice/>'), side: 100 })).toEqual([])
})
