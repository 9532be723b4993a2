import sharp, { type Metadata, type SharpOptions } from 'sharp'
import { ParallaxError } from '../core/errors.ts'
import type { PageImage } from '../core/document.ts'
import { checkSize, type ImagingLimits } from './limits.ts'
import {
  fitted,
  MAX_PAGE_PIXELS,
  PICTURE_QUALITY,
  type PagePicture,
  type PageSource,
  type Size,
} from './page-source.ts'
import type { Format } from './sniff.ts'

sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadTiff', 'VipsForeignLoadWebp'],
})
// Results of one document are never asked for again.
sharp.cache(false)

const corrupt = (cause: unknown): ParallaxError =>
  new ParallaxError(
    'E_CORRUPT',
    'The image is damaged or incomplete and cannot be decoded. Please scan it or copy it again.',
    { cause },
  )

// libvips reports every fault of a file as a plain Error, so what its decoders throw is by definition the file's.
const decoding = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw corrupt(cause)
  })

// The pixel count is checked against our own limits, with a message, before anything is decoded.
const options = (page: number): SharpOptions => ({ page, limitInputPixels: false })

function uprightSize({ width, height, orientation = 1 }: Metadata): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}

/** What the file says of a page, before anything is decoded; E_TOO_SMALL or E_TOO_MANY_PIXELS. */
async function sizeOf(
  bytes: Uint8Array,
  page: number,
  maxPixels: number,
  limits: ImagingLimits,
): Promise<Size> {
  const size = uprightSize(await decoding(sharp(bytes, options(page)).metadata()))
  checkSize(size.width, size.height, maxPixels, limits)
  return size
}

async function decodePage(bytes: Uint8Array, page: number, size: Size): Promise<PageImage> {
  const shrink = Math.min(1, Math.sqrt(MAX_PAGE_PIXELS / (size.width * size.height)))
  const { data, info } = await decoding(
    sharp(bytes, options(page))
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize(Math.round(size.width * shrink), Math.round(size.height * shrink), { fit: 'fill' })
      .toColourspace('b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  )
  return { data, width: info.width, height: info.height }
}

async function picturePage(bytes: Uint8Array, page: number, size: Size, side: number): Promise<PagePicture> {
  const { width, height } = fitted(size, side)
  const jpeg = await decoding(
    sharp(bytes, options(page))
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize(width, height, { fit: 'fill' })
      .toColourspace('srgb')
      .jpeg({ quality: PICTURE_QUALITY })
      .toBuffer(),
  )
  return { jpeg, width, height }
}

/** Opens an image file; rejects with E_CORRUPT, E_TOO_SMALL or E_TOO_MANY_PIXELS, here or when a page is rendered. */
export async function openImage(
  bytes: Uint8Array,
  format: Exclude<Format, 'pdf'>,
  limits: ImagingLimits,
): Promise<PageSource> {
  const maxPixels = format === 'jpeg' ? limits.maxJpegPixels : limits.maxPixels
  const { pages = 1 } = await decoding(sharp(bytes, { limitInputPixels: false }).metadata())
  const size = (index: number): Promise<Size> => sizeOf(bytes, index, maxPixels, limits)
  return {
    count: pages,
    size,
    render: async (index) => decodePage(bytes, index, await size(index)),
    picture: async (index, side) => picturePage(bytes, index, await size(index), side),
    close: () => {},
  }
}
