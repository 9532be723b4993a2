import type { Page, PageImage } from '../core/document.ts'
import type { Box, Transform } from '../core/geometry.ts'
import { findFrame, type Frame } from './frame.ts'
import { corners, turnedHull } from './rectangle.ts'
import { normalise } from './normalise.ts'
import { laplacianVariance } from './quality.ts'
import { cut, warp, type Region } from './resample.ts'
import { compose, invert, rotation, scaling, translation } from './transform.ts'

/** Pixels of the picture in which the page is looked for: lines of text are still apart in it. */
const OVERVIEW_PIXELS = 0.7e6
/** Height of the median letter: on scanned receipts Tesseract finds as many words at 14 to 20, and invents fewer the smaller. */
const LETTER_HEIGHT = 18
const MAX_ENLARGEMENT = 2.5
/** A page is at least this wide, whatever the large letters on it suggest. */
const MIN_WIDTH = 600
const MAX_PIXELS = 6e6

async function overview(image: PageImage): Promise<{ image: PageImage; scale: number }> {
  const scale = Math.min(1, Math.sqrt(OVERVIEW_PIXELS / (image.width * image.height)))
  const width = Math.max(1, Math.round(image.width * scale))
  const height = Math.max(1, Math.round(image.height * scale))
  const whole = { left: 0, top: 0, width: image.width, height: image.height }
  return { image: await cut(image, whole, width, height), scale }
}

function enlarged(frame: Frame, by: number): Frame {
  return {
    degrees: frame.degrees,
    x0: frame.x0 * by,
    y0: frame.y0 * by,
    x1: frame.x1 * by,
    y1: frame.y1 * by,
    letterHeight: frame.letterHeight * by,
  }
}

function targetScale({ x0, y0, x1, y1, letterHeight }: Frame): number {
  const width = x1 - x0
  const wanted = letterHeight > 0 ? LETTER_HEIGHT / letterHeight : 1
  const atLeast = MIN_WIDTH / width
  return Math.min(Math.max(wanted, atLeast), MAX_ENLARGEMENT, Math.sqrt(MAX_PIXELS / (width * (y1 - y0))))
}

/** The whole pixels of the submitted page that the frame shows. */
function regionOf(frame: Frame, image: PageImage): Region {
  const hull = turnedHull(corners(frame), frame.degrees)
  const left = Math.max(0, Math.floor(hull.x0))
  const top = Math.max(0, Math.floor(hull.y0))
  const right = Math.min(image.width, Math.ceil(hull.x1))
  const bottom = Math.min(image.height, Math.ceil(hull.y1))
  return { left, top, width: right - left, height: bottom - top }
}

async function straighten(
  image: PageImage,
  frame: Frame,
): Promise<{ image: PageImage; toSource: Transform }> {
  const scale = targetScale(frame)
  const region = regionOf(frame, image)
  const width = Math.max(1, Math.round(region.width * scale))
  const height = Math.max(1, Math.round(region.height * scale))
  const piece = await cut(image, region, width, height)
  const toPiece = compose(
    translation(-region.left, -region.top),
    scaling(width / region.width, height / region.height),
  )
  if (frame.degrees === 0) return { image: piece, toSource: invert(toPiece) }
  const toFrame = compose(
    compose(rotation(-frame.degrees), translation(-frame.x0, -frame.y0)),
    scaling(scale, scale),
  )
  const turned = warp(
    piece,
    compose(invert(toPiece), toFrame),
    Math.round((frame.x1 - frame.x0) * scale),
    Math.round((frame.y1 - frame.y0) * scale),
  )
  return { image: turned, toSource: invert(toFrame) }
}

/** Straightens, crops and evens out one upright page. */
export async function makePage(number: number, upright: PageImage): Promise<Page> {
  const small = await overview(upright)
  const frame = enlarged(findFrame(small.image), 1 / small.scale)
  const { image: straight, toSource } = await straighten(upright, frame)
  const image = normalise(straight)
  const toSubmitted = compose(
    compose(scaling(image.width, image.height), toSource),
    scaling(1 / upright.width, 1 / upright.height),
  )
  return { number, image, toSubmitted, quality: { sharpness: laplacianVariance(image), skew: frame.degrees } }
}

/** As `makePage`, of a part of the upright page, in fractions of it; the page leads to places of the whole. */
export async function makePageOf(number: number, upright: PageImage, [x0, y0, x1, y1]: Box): Promise<Page> {
  const { width, height } = upright
  const [left, top] = [Math.floor(x0 * width), Math.floor(y0 * height)].map((v) => Math.max(0, v)) as [
    number,
    number,
  ]
  const across = Math.max(1, Math.min(width, Math.ceil(x1 * width)) - left)
  const down = Math.max(1, Math.min(height, Math.ceil(y1 * height)) - top)
  const piece = await cut(upright, { left, top, width: across, height: down }, across, down)
  const page = await makePage(number, piece)
  const toWhole: Transform = [across / width, 0, 0, down / height, left / width, top / height]
  return { ...page, toSubmitted: compose(page.toSubmitted, toWhole) }
}
