import type { PageImage } from '../core/document.ts'
import { backgroundRows, dilate, estimateBackground, smooth } from './background.ts'
import type { Bitmap, Component } from './components.ts'

/** Ink is at most this bright, as a share of the paper around it. */
const INK = 0.8

/** Marks what is darker than the paper around it; shadows and desks are not ink, their texture may be. */
export function inkBitmap(image: PageImage): Bitmap {
  const { data, width, height } = image
  const background = smooth(dilate(estimateBackground(image, 16)))
  const ink = new Uint8Array(data.length)
  const paper = new Float32Array(width)
  const fillRow = backgroundRows(background, width)
  for (let y = 0; y < height; y++) {
    fillRow(y, paper)
    for (let x = 0, at = y * width; x < width; x++, at++) if (data[at]! < INK * paper[x]!) ink[at] = 1
  }
  return { data: ink, width, height }
}

/** Could be a letter or a few that touch: neither dust nor a rule, a picture or a barcode. */
export function isLetter({ x0, y0, x1, y1, pixels }: Component): boolean {
  const width = x1 - x0
  const height = y1 - y0
  return pixels.length >= 6 && height >= 3 && height <= 60 && width <= 6 * height && height <= 5 * width
}
