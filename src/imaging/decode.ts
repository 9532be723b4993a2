import sharp, { type Metadata, type SharpOptions } from 'sharp'
import { checkSize, type ImagingLimits } from './limits.ts'
import type { PageSource, Size } from './page-source.ts'
import type { Format } from './sniff.ts'
import { colourPicture, decoding, greyPage } from './upright.ts'

sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadTiff',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
  ],
})

// The pixel count is checked against our own limits, with a message, before anything is decoded.
const options = (page: number): SharpOptions => ({ page, limitInputPixels: false })

function uprightSize({ width, height, orientation = 1 }: Metadata): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}

/** The images of a file that are pages: all of a TIFF; elsewhere the primary one, for the others are frames or previews. */
function pagesOf(format: Format, { pages = 1, pagePrimary = 0 }: Metadata): readonly number[] {
  return format === 'tiff' ? Array.from({ length: pages }, (_, page) => page) : [pagePrimary]
}

/**
 * Opens an image file of a format that libvips reads; rejects with E_CORRUPT, E_TOO_SMALL or E_TOO_MANY_PIXELS, here or
 * when a page is rendered. Animations are read as their first frame.
 */
export async function openImage(
  bytes: Uint8Array,
  format: Exclude<Format, 'pdf' | 'heic' | 'bmp'>,
  limits: ImagingLimits,
): Promise<PageSource> {
  const maxPixels = format === 'jpeg' ? limits.maxJpegPixels : limits.maxPixels
  const pages = pagesOf(format, await decoding(sharp(bytes, { limitInputPixels: false }).metadata()))
  const image = (index: number) => sharp(bytes, options(pages[index]!))
  const size = async (index: number): Promise<Size> => {
    const upright = uprightSize(await decoding(image(index).metadata()))
    checkSize(upright.width, upright.height, maxPixels, limits)
    return upright
  }
  return {
    count: pages.length,
    size,
    render: async (index) => greyPage(image(index).autoOrient(), await size(index)),
    picture: async (index, side) => colourPicture(image(index).autoOrient(), await size(index), side),
    close: () => {},
  }
}
