import type { HEVCFrame } from '@hevcjs/core'
import type { ColourCoding } from './heif-container.ts'
import type { Size } from './page-source.ts'

/** Pixels in rows from the top, one channel (grey) or three (red, green, blue). */
export interface RawPicture extends Size {
  readonly data: Uint8Array
  readonly channels: 1 | 3
}

/** Weights of red and blue in luma by H.273's matrix coefficients; any other is taken for BT.601. */
const weights: Readonly<Record<number, readonly [red: number, blue: number]>> = {
  1: [0.2126, 0.0722],
  9: [0.2627, 0.0593],
}
const BT601 = [0.299, 0.114] as const

/** From samples to 0 to 255: luma runs from 16 to 235 in a limited range, colour differences from 16 to 240. */
function ranges(bitDepth: number, { fullRange }: ColourCoding) {
  const unit = 2 ** (bitDepth - 8)
  return fullRange
    ? { black: 0, luma: 1 / unit, chroma: 1 / unit, middle: 128 * unit }
    : { black: 16 * unit, luma: 255 / 219 / unit, chroma: 255 / 224 / unit, middle: 128 * unit }
}

/** Rows and columns of a tile that lie on the canvas. */
const visible = (frame: HEVCFrame, canvas: Size, left: number, top: number): Size => ({
  width: Math.min(frame.width, canvas.width - left),
  height: Math.min(frame.height, canvas.height - top),
})

/** Puts a decoded tile at its place of a canvas; what lies beyond the canvas is left out. */
type Paint = (frame: HEVCFrame, canvas: RawPicture, left: number, top: number, colour: ColourCoding) => void

/** The luma alone, for a grey canvas. */
export const paintGrey: Paint = (frame, canvas, left, top, colour) => {
  const { width, height } = visible(frame, canvas, left, top)
  const { black, luma } = ranges(frame.bitDepth, colour)
  const levels = Uint8ClampedArray.from(
    { length: 2 ** frame.bitDepth },
    (_, sample) => (sample - black) * luma,
  )
  for (let y = 0; y < height; y++) {
    const from = y * frame.width
    const to = (top + y) * canvas.width + left
    for (let x = 0; x < width; x++) canvas.data[to + x] = levels[frame.y[from + x]!]!
  }
}

/** In colours, for a canvas of three channels. */
export const paintColours: Paint = (frame, canvas, left, top, colour) => {
  const { width, height } = visible(frame, canvas, left, top)
  const { black, luma, chroma, middle } = ranges(frame.bitDepth, colour)
  const [red, blue] = weights[colour.matrix] ?? BT601
  const green = 1 - red - blue
  const into = new Uint8ClampedArray(canvas.data.buffer, canvas.data.byteOffset, canvas.data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y >> 1) * frame.chromaWidth + (x >> 1)
      const grey = (frame.y[y * frame.width + x]! - black) * luma
      const r = grey + 2 * (1 - red) * (frame.cr[at]! - middle) * chroma
      const b = grey + 2 * (1 - blue) * (frame.cb[at]! - middle) * chroma
      const to = 3 * ((top + y) * canvas.width + left + x)
      into[to] = r
      into[to + 1] = (grey - red * r - blue * b) / green
      into[to + 2] = b
    }
  }
}
