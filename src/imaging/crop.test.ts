import sharp from 'sharp'
import { expect, test } from 'vitest'
import { cropPage } from './crop.ts'
import { drawSheet, pdfPages, picture } from './test-images.ts'

test('the asked part of the upright page', async () => {
  const sheet = drawSheet(400, 600)
  const bytes = await picture(sheet).rotate(90).withMetadata({ orientation: 8 }).png().toBuffer()
  const { data, info } = await sharp(await cropPage(bytes, 1, [0.1, 0.1, 0.6, 0.3]))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([200, 120])
  for (const y of [0, 60, 119]) {
    const from = (60 + y) * 400 + 40
    expect([...data.subarray(y * 200, (y + 1) * 200)]).toEqual([...sheet.data.subarray(from, from + 200)])
  }
})

test('a page that is not there', async () => {
  await expect(cropPage(pdfPages([[200, 300]]), 2, [0, 0, 1, 1])).rejects.toMatchObject({
    code: 'E_NOT_FOUND',
  })
})
