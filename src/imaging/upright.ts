import sharp, { type Sharp } from 'sharp'
import { ParallaxError } from '../core/errors.ts'
import type { PageImage } from '../core/document.ts'
import { fitted, MAX_PAGE_PIXELS, PICTURE_QUALITY, type PagePicture, type Size } from './page-source.ts'

// Results of one document are never asked for again.
sharp.cache(false)

/** What a decoder says of an image that it cannot decode, as E_CORRUPT. */
export const corruptImage = (cause?: unknown): ParallaxError =>
  new ParallaxError(
    'E_CORRUPT',
    'The image is damaged or incomplete and cannot be decoded. Please scan it or copy it again.',
    { cause },
  )

/** Decoders report every fault of a file as a plain Error, so what they throw is by definition the file's: E_CORRUPT. */
export const decoding = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw cause instanceof ParallaxError ? cause : corruptImage(cause)
  })

/** An upright image as a grey page of at most `MAX_PAGE_PIXELS`, on white; `size` is the image's own. */
export async function greyPage(upright: Sharp, size: Size): Promise<PageImage> {
  const shrink = Math.min(1, Math.sqrt(MAX_PAGE_PIXELS / (size.width * size.height)))
  const { data, info } = await decoding(
    upright
      .flatten({ background: '#ffffff' })
      .resize(Math.round(size.width * shrink), Math.round(size.height * shrink), { fit: 'fill' })
      .toColourspace('b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  )
  return { data, width: info.width, height: info.height }
}

/** An upright image in its colours, on white, at most `side` pixels wide and high; `size` is the image's own. */
export async function colourPicture(upright: Sharp, size: Size, side: number): Promise<PagePicture> {
  const { width, height } = fitted(size, side)
  const jpeg = await decoding(
    upright
      .flatten({ background: '#ffffff' })
      .resize(width, height, { fit: 'fill' })
      .toColourspace('srgb')
      .jpeg({ quality: PICTURE_QUALITY })
      .toBuffer(),
  )
  return { jpeg, width, height }
}
