import { decode } from 'bmpimagejs'
import sharp, { type Sharp } from 'sharp'
import { ParallaxError } from '../core/errors.ts'
import { checkSize, type ImagingLimits } from './limits.ts'
import type { PageSource, Size } from './page-source.ts'
import { colourPicture, corruptImage, greyPage } from './upright.ts'

interface Header extends Size {
  readonly compression: number
}

/** Size of the header of OS/2, whose numbers have 16 bits. */
const CORE_HEADER = 12
/** Pixels as they are (0) or under bit masks (3); others are run lengths, or a JPEG or PNG in disguise. */
const READ_COMPRESSIONS = [0, 3]

/** What the headers of a Windows or OS/2 bitmap say; a negative height means that its rows run downwards. */
function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (view.getUint32(14, true) === CORE_HEADER)
      return { width: view.getUint16(18, true), height: view.getUint16(20, true), compression: 0 }
    const height = Math.abs(view.getInt32(22, true))
    return { width: view.getInt32(18, true), height, compression: view.getUint32(30, true) }
  } catch (cause) {
    throw corruptImage(cause)
  }
}

function decodePixels(bytes: Uint8Array, { width, height }: Size): Sharp {
  try {
    const { pixels } = decode(Uint8Array.from(bytes).buffer)
    // Writers leave the fourth byte of a pixel at any value: it is no transparency.
    return sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha()
  } catch (cause) {
    throw corruptImage(cause)
  }
}

/**
 * Opens a bitmap; rejects with E_TOO_SMALL or E_TOO_MANY_PIXELS, with E_UNSUPPORTED_TYPE for compressed pixels, and with
 * E_CORRUPT, here or when its page is rendered.
 */
export function openBmp(bytes: Uint8Array, limits: ImagingLimits): Promise<PageSource> {
  const { width, height, compression } = readHeader(bytes)
  checkSize(width, height, limits.maxPixels, limits)
  if (!READ_COMPRESSIONS.includes(compression)) {
    throw new ParallaxError(
      'E_UNSUPPORTED_TYPE',
      'The pixels of the bitmap are compressed, which is not supported. Please save it as PNG.',
    )
  }
  const size = { width, height }
  const pixels = async (): Promise<Sharp> => decodePixels(bytes, size)
  return Promise.resolve({
    count: 1,
    size: async () => size,
    render: async () => greyPage(await pixels(), size),
    picture: async (_, side) => colourPicture(await pixels(), size, side),
    close: () => {},
  })
}
