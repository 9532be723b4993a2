import sharp from 'sharp'
import type { PageImage } from '../core/document.ts'
import type { Transform } from '../core/geometry.ts'
import { invert } from './transform.ts'

/** A rectangle of whole pixels. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Cuts a region out and scales it, with a filter that is right for both enlarging and shrinking. */
export async function cut(
  image: PageImage,
  region: Region,
  width: number,
  height: number,
): Promise<PageImage> {
  const data = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } })
    .extract({ ...region })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  return { data, width, height }
}

/** Moves an image by a map from its pixels to the result's, at about the same scale, linear between pixels; white where it had none. */
export function warp(image: PageImage, map: Transform, width: number, height: number): PageImage {
  const [a, b, c, d, e, f] = invert(map)
  const { data, width: stride } = image
  const [lastX, lastY] = [image.width - 1, image.height - 1]
  const result = new Uint8Array(width * height).fill(255)
  for (let y = 0; y < height; y++) {
    let u = a * 0.5 + c * (y + 0.5) + e - 0.5
    let v = b * 0.5 + d * (y + 0.5) + f - 0.5
    for (let at = y * width, end = at + width; at < end; at++, u += a, v += b) {
      if (u < -0.5 || v < -0.5 || u > lastX + 0.5 || v > lastY + 0.5) continue
      const inX = u < 0 ? 0 : u > lastX ? lastX : u
      const inY = v < 0 ? 0 : v > lastY ? lastY : v
      const left = inX | 0
      const top = inY | 0
      const fx = inX - left
      const row = top * stride + left
      const right = left < lastX ? row + 1 : row
      const below = top < lastY ? stride : 0
      const upper = data[row]! * (1 - fx) + data[right]! * fx
      const lower = data[row + below]! * (1 - fx) + data[right + below]! * fx
      result[at] = upper + (lower - upper) * (inY - top) + 0.5
    }
  }
  return { data: result, width, height }
}
