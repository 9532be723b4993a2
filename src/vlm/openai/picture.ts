import sharp from 'sharp'
import type { Page } from '../../core/document.ts'
import { ParallaxError } from '../../core/errors.ts'

/** Pixels of the longest side: models scale larger pictures down, and small print needs no more. */
const longest = 1600
const quality = 92

/** A page as a data URL. */
export async function toPicture({ image }: Page): Promise<string> {
  const { data, width, height } = image
  if (data.length === 0 || width * height !== data.length)
    throw new ParallaxError('E_ENGINE', 'The page cannot be shown to the model: it has no pixels.')
  const jpeg = await sharp(data, { raw: { width, height, channels: 1 } })
    .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
    .toColourspace('b-w')
    .jpeg({ quality })
    .toBuffer()
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`
}
