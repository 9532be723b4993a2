import sharp from 'sharp'
import type { PageImage } from '../core/document.ts'
import type { Box } from '../core/geometry.ts'

/** A box to draw on a page, in its fractions; `strong` ones have a thick line and their label beside them. */
export interface Mark {
  readonly box: Box
  readonly label: string
  readonly color: string
  readonly strong: boolean
}

/** A grid of values from 0 to 1 to lay over a page, row by row. */
export interface Shade {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
  /** What it covers, in fractions of the page; it may reach beyond it. */
  readonly box: Box
  /** As #rrggbb. */
  readonly color: string
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/\p{Cc}/gu, ' ')

function markSvg({ box, label, color, strong }: Mark, width: number, height: number): string {
  const [x, y] = [box[0] * width, box[1] * height]
  const size = Math.max(9, Math.round(width / 60))
  const rectangle = `<rect x="${x}" y="${y}" width="${(box[2] - box[0]) * width}" height="${(box[3] - box[1]) * height}" fill="none" stroke="${color}" stroke-width="${strong ? 2.5 : 1}" stroke-opacity="${strong ? 1 : 0.5}"/>`
  if (!strong) return rectangle
  const text = `<text x="${x}" y="${Math.max(size, y - 3)}" font-family="sans-serif" font-size="${size}" fill="${color}" stroke="#fff" stroke-width="3" paint-order="stroke">${escaped(label)}</text>`
  return rectangle + text
}

/** The shade as a picture of the page's size. */
async function shadeLayer(shade: Shade, width: number, height: number): Promise<Buffer> {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(shade.color.slice(at, at + 2), 16))
  const pixels = new Uint8Array(shade.width * shade.height * 4)
  shade.data.forEach((p, i) => pixels.set([r!, g!, b!, Math.round(150 * Math.min(1, Math.max(0, p)))], i * 4))
  const covered = [shade.box[2] * width, shade.box[3] * height].map((v) => Math.max(1, Math.round(v)))
  const whole = await sharp(pixels, { raw: { width: shade.width, height: shade.height, channels: 4 } })
    .resize(covered[0], covered[1], { fit: 'fill', kernel: 'linear' })
    .png()
    .toBuffer()
  const [w, h] = [Math.min(width, covered[0]!), Math.min(height, covered[1]!)]
  return sharp(whole).extract({ left: 0, top: 0, width: w, height: h }).png().toBuffer()
}

/** The page as a PNG with shades and marks drawn on it. */
export async function annotate(
  { data, width, height }: PageImage,
  shades: readonly Shade[],
  marks: readonly Mark[],
): Promise<Buffer> {
  const layers = await Promise.all(shades.map((shade) => shadeLayer(shade, width, height)))
  const drawn = marks.map((mark) => markSvg(mark, width, height)).join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawn}</svg>`
  return sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('srgb')
    .composite([
      ...layers.map((input) => ({ input, left: 0, top: 0 })),
      { input: Buffer.from(svg), left: 0, top: 0 },
    ])
    .png()
    .toBuffer()
}
