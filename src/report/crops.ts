import sharp from 'sharp'
import type { PageImage } from '../core/document.ts'
import { ParallaxError } from '../core/errors.ts'
import type { Box } from '../core/geometry.ts'
import { defaultLimits } from '../imaging/limits.ts'
import { openPages } from '../imaging/open.ts'
import type { Region } from '../imaging/resample.ts'
import type { CropRequest, Picture } from './crop-request.ts'

/** What is shown around a place, in parts of its own size and of the page: a line above and below, a label beside. */
const margin = { ownWidth: 0.1, ownHeight: 0.8, pageWidth: 0.05, pageHeight: 0.012 } as const
/** So that a short number is seen with what it belongs to, and pictures are of about one scale. */
const leastWidth = 0.45
/** Height by width of what is shown: a lone line is seen with its neighbours. */
const leastHeight = 0.3
/** Height by width of a picture; a place that covers the page is shown small. */
const tallest = 1.2

const clamped = (v: number): number => Math.min(1, Math.max(0, v))

/** The box in the order of its corners and within the page, whatever a result says. */
const sound = ([x0, y0, x1, y1]: Box): Box => [
  clamped(Math.min(x0, x1)),
  clamped(Math.min(y0, y1)),
  clamped(Math.max(x0, x1)),
  clamped(Math.max(y0, y1)),
]

/** A stretch of a line of `length` pixels, from and to in its fractions, with margins and of a least length; it lies within. */
function stretch(from: number, to: number, margins: number, least: number, length: number): [number, number] {
  const size = Math.min(length, Math.max((to - from) * length + 2 * margins, least, 1))
  const first = Math.min(Math.max(0, ((from + to) * length - size) / 2), length - size)
  return [Math.round(first), Math.round(first + size)]
}

/** The whole pixels to show for a place on a page. */
export function regionOf(box: Box, { width, height }: Pick<PageImage, 'width' | 'height'>): Region {
  const [x0, y0, x1, y1] = sound(box)
  const across = Math.max(margin.ownWidth * (x1 - x0), margin.pageWidth) * width
  const down = Math.max(margin.ownHeight * (y1 - y0), margin.pageHeight) * height
  const [left, right] = stretch(x0, x1, across, leastWidth * width, width)
  const [top, bottom] = stretch(y0, y1, down, leastHeight * (right - left), height)
  return { left, top, width: right - left, height: bottom - top }
}

function boxIn(box: Box, region: Region, { width, height }: PageImage): [number, number, number, number] {
  const [x0, y0, x1, y1] = sound(box)
  const x = (v: number): number => clamped((v * width - region.left) / region.width)
  const y = (v: number): number => clamped((v * height - region.top) / region.height)
  return [x(x0), y(y0), x(x1), y(y1)]
}

async function cropOf(image: PageImage, box: Box, width: number): Promise<Picture> {
  const region = regionOf(box, image)
  const { data, info } = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 1 },
  })
    .extract({ ...region })
    .resize({ width, height: Math.round(width * tallest), fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 72 })
    .toBuffer({ resolveWithObject: true })
  return { jpeg: data, width: info.width, height: info.height, box: boxIn(box, region, image) }
}

/**
 * Cuts places out of a page, grey, each with a margin; the page is rendered once. Rejects with a `ParallaxError` for a file
 * that cannot be read, E_BAD_REQUEST for a page that it does not have.
 */
export async function cropInChild({ bytes, page, boxes, width }: CropRequest): Promise<readonly Picture[]> {
  const source = await openPages(bytes, defaultLimits)
  try {
    if (page > source.count)
      throw new ParallaxError(
        'E_BAD_REQUEST',
        `The file has no page ${page}: it is not the one that was read.`,
      )
    const image = await source.render(page - 1)
    const pictures: Picture[] = []
    for (const box of boxes) pictures.push(await cropOf(image, box, width))
    return pictures
  } finally {
    source.close()
  }
}
