import sharp from 'sharp'
import { expect, test } from 'vitest'
import { filled, pdfPages, picture } from '../imaging/test-images.ts'
import { cropInChild, regionOf } from './crops.ts'

test.each([
  // 20 % of the width, widened to 45 %; 5 % of the height with 4 % above and below, widened to 0.3 of the 450.
  ['in the middle', [0.4, 0.5, 0.6, 0.55], { left: 275, top: 458, width: 450, height: 135 }],
  ['at the corner', [0, 0, 0.1, 0.02], { left: 0, top: 0, width: 450, height: 135 }],
  ['at the other corner', [0.9, 0.98, 1, 1], { left: 550, top: 865, width: 450, height: 135 }],
  // 60 % and 10 % of it on each side; 20 % and 16 %.
  ['large', [0.2, 0.4, 0.8, 0.6], { left: 140, top: 240, width: 720, height: 520 }],
  ['the whole page', [0, 0, 1, 1], { left: 0, top: 0, width: 1000, height: 1000 }],
  ['beyond the page', [-3, 2, 7, 9], { left: 0, top: 700, width: 1000, height: 300 }],
] as const)('a place %s is shown with what is around it', (_, box, region) => {
  expect(regionOf(box, { width: 1000, height: 1000 })).toEqual(region)
})

test('pictures of a page are JPEGs of at most the width, with the place in their fractions', async () => {
  const page = filled(1000, 600, 255)
  for (let y = 300; y < 330; y++) page.data.fill(0, 1000 * y + 400, 1000 * y + 600)
  const bytes = await picture(page).png().toBuffer()
  const [crop, whole] = await cropInChild({
    bytes,
    page: 1,
    boxes: [[0.4, 0.5, 0.6, 0.55], [0, 0, 1, 1]], // prettier-ignore
    width: 300,
  })
  expect(crop).toMatchObject({ width: 300 })
  expect(await sharp(crop!.jpeg).metadata()).toMatchObject({
    format: 'jpeg',
    width: 300,
    height: crop!.height,
  })
  const [x0, y0, x1, y1] = crop!.box
  const { data, info } = await sharp(crop!.jpeg).raw().toBuffer({ resolveWithObject: true })
  const greyAt = (x: number, y: number): number =>
    data[info.channels * (Math.floor(y * info.height) * info.width + Math.floor(x * info.width))]!
  expect(greyAt((x0 + x1) / 2, (y0 + y1) / 2)).toBeLessThan(40)
  expect(greyAt(x0 - 0.05, (y0 + y1) / 2)).toBeGreaterThan(215)
  expect(whole).toMatchObject({ width: 300, height: 180, box: [0, 0, 1, 1] })
})

test('a page of a PDF, and one that it does not have', async () => {
  const bytes = pdfPages([[300, 400], [300, 400]]) // prettier-ignore
  const crop = (page: number) => cropInChild({ bytes, page, boxes: [[0.1, 0.1, 0.2, 0.2]], width: 480 })
  expect(await crop(2)).toHaveLength(1)
  await expect(crop(3)).rejects.toMatchObject({ code: 'E_BAD_REQUEST' })
})

test('what is no image is refused', async () => {
  const bytes = new TextEncoder().encode('root:x:0:0:root:/root:/bin/bash\n')
  await expect(cropInChild({ bytes, page: 1, boxes: [], width: 480 })).rejects.toMatchObject({
    name: 'ParallaxError',
  })
})
