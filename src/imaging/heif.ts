import sharp, { type Sharp } from 'sharp'
import { ParallaxError } from '../core/errors.ts'
import { openImage } from './decode.ts'
import { readContainer, sizeAfter, type Change, type HeifPicture } from './heif-container.ts'
import { openHevcDecoder } from './hevc.ts'
import { checkSize, type ImagingLimits } from './limits.ts'
import type { PageSource } from './page-source.ts'
import { colourPicture, corruptImage, greyPage } from './upright.ts'
import { paintColours, paintGrey, type RawPicture } from './ycbcr.ts'

/** H.265's code of the one chroma format that cameras write. */
const CHROMA_420 = 1
const HEVC = ['hvc1', 'hev1']

const unsupported = (what: string): ParallaxError =>
  new ParallaxError(
    'E_UNSUPPORTED_TYPE',
    `The HEIC file holds ${what}, which is not supported. Please export the photo as JPEG.`,
  )

/** Throws E_UNSUPPORTED_TYPE for codings that no decoder here knows, E_CORRUPT for a grid that is larger than its picture. */
function checkPicture({ codec, columns, rows, tile, width, height, tileAt }: HeifPicture): void {
  if (!HEVC.includes(codec)) throw unsupported(`a picture of the coding "${codec}"`)
  if (tileAt(0).configuration?.chroma_format_idc !== CHROMA_420)
    throw unsupported('a picture whose colours are not stored as 4:2:0')
  const tooWide = (columns - 1) * tile.width >= width || columns * tile.width < width
  const tooHigh = (rows - 1) * tile.height >= height || rows * tile.height < height
  if (tooWide || tooHigh) throw corruptImage()
}

async function decodeTiles(picture: HeifPicture, channels: 1 | 3): Promise<RawPicture> {
  const { width, height, columns, rows, tile, colour, tileAt } = picture
  const canvas: RawPicture = { data: new Uint8Array(width * height * channels), width, height, channels }
  const paint = channels === 1 ? paintGrey : paintColours
  const decoder = await openHevcDecoder()
  try {
    for (let index = 0; index < columns * rows; index++) {
      const frame = decoder.decode(tileAt(index), tile)
      paint(frame, canvas, (index % columns) * tile.width, Math.floor(index / columns) * tile.height, colour)
    }
  } catch (cause) {
    throw cause instanceof ParallaxError ? cause : corruptImage(cause)
  } finally {
    decoder.close()
  }
  return canvas
}

const open = ({ data, width, height, channels }: RawPicture): Sharp =>
  sharp(data, { raw: { width, height, channels } })

function changed(picture: RawPicture, change: Change): Sharp {
  switch (change.kind) {
    case 'crop': {
      const { left, top, width, height } = change
      return open(picture).extract({ left, top, width, height })
    }
    case 'turn':
      return open(picture).rotate(change.degreesClockwise)
    case 'mirror':
      return change.exchanges === 'left and right' ? open(picture).flop() : open(picture).flip()
  }
}

async function upright(picture: HeifPicture, channels: 1 | 3): Promise<Sharp> {
  let now = await decodeTiles(picture, channels)
  for (const change of picture.changes) {
    const space = channels === 1 ? 'b-w' : 'srgb'
    const { data, info } = await changed(now, change)
      .toColourspace(space)
      .raw()
      .toBuffer({ resolveWithObject: true })
    now = { data, width: info.width, height: info.height, channels }
  }
  return open(now)
}

/**
 * Opens the primary picture of a HEIC or HEIF file: HEVC stills as phones write them, and AV1 ones. Turned and mirrored as
 * the container says, which counts where EXIF says otherwise. Rejects with E_CORRUPT, E_TOO_SMALL, E_TOO_MANY_PIXELS or
 * E_UNSUPPORTED_TYPE, here or when the page is rendered.
 */
export async function openHeif(bytes: Uint8Array, limits: ImagingLimits): Promise<PageSource> {
  const picture = readContainer(bytes)
  checkSize(picture.width, picture.height, limits.maxPixels, limits)
  if (picture.codec === 'av01') return openImage(bytes, 'avif', limits)
  checkPicture(picture)
  const { width, height } = sizeAfter(picture, picture.changes)
  const size = { width, height }
  checkSize(size.width, size.height, limits.maxPixels, limits)
  return {
    count: 1,
    size: async () => size,
    render: async () => greyPage(await upright(picture, 1), size),
    picture: async (_, side) => colourPicture(await upright(picture, 3), size, side),
    close: () => {},
  }
}
