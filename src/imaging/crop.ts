import sharp from 'sharp'
import { ParallaxError } from '../core/errors.ts'
import { height, width, type Box } from '../core/geometry.ts'
import { defaultLimits, type ImagingLimits } from './limits.ts'
import { openPages } from './open.ts'

/** A part of a page as a grey PNG: `page` from 1, `box` in fractions of the upright page as submitted. */
export async function cropPage(
  bytes: Uint8Array,
  page: number,
  box: Box,
  limits: Partial<ImagingLimits> = {},
): Promise<Uint8Array> {
  const source = await openPages(bytes, { ...defaultLimits, ...limits })
  try {
    if (page < 1 || page > source.count) {
      throw new ParallaxError('E_NOT_FOUND', `The document has no page ${page}; it has ${source.count}.`)
    }
    const { data, ...size } = await source.render(page - 1)
    const left = Math.min(size.width - 1, Math.floor(box[0] * size.width))
    const top = Math.min(size.height - 1, Math.floor(box[1] * size.height))
    const region = {
      left,
      top,
      width: Math.min(size.width - left, Math.max(1, Math.ceil(width(box) * size.width))),
      height: Math.min(size.height - top, Math.max(1, Math.ceil(height(box) * size.height))),
    }
    return await sharp(data, { raw: { ...size, channels: 1 } })
      .extract(region)
      .png()
      .toBuffer()
  } finally {
    source.close()
  }
}
