import sharp, { type OverlayOptions } from 'sharp'
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

type Color = readonly [red: number, green: number, blue: number]

/** A picture in colours, three bytes a pixel, that is drawn on in place. */
interface Canvas {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

const colorOf = (hex: string): Color =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Color

function blend({ data, width, height }: Canvas, x: number, y: number, color: Color, share: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return
  const at = 3 * (y * width + x)
  for (let c = 0; c < 3; c++) data[at + c] = data[at + c]! * (1 - share) + color[c]! * share
}

/** The strongest that a shade covers print. */
const strongest = 0.6

function drawShade(canvas: Canvas, { width, height, data, box, color }: Shade): void {
  const rgb = colorOf(color)
  const [across, down] = [(canvas.width * box[2]) / width, (canvas.height * box[3]) / height]
  for (let y = 0; y < canvas.height; y++) {
    const row = Math.floor(y / down) * width
    for (let x = 0; x < canvas.width; x++) {
      const share = data[row + Math.floor(x / across)] ?? 0
      if (share > 0.02) blend(canvas, x, y, rgb, strongest * Math.min(1, share))
    }
  }
}

function drawBox(canvas: Canvas, { box, color, strong }: Mark): void {
  const rgb = colorOf(color)
  const [x0, x1] = [box[0], box[2]].map((x) => Math.round(x * (canvas.width - 1))) as [number, number]
  const [y0, y1] = [box[1], box[3]].map((y) => Math.round(y * (canvas.height - 1))) as [number, number]
  for (let thick = 0; thick < (strong ? 2 : 1); thick++) {
    for (let x = x0; x <= x1; x++) for (const y of [y0 - thick, y1 + thick]) blend(canvas, x, y, rgb, 1)
    for (let y = y0; y <= y1; y++) for (const x of [x0 - thick, x1 + thick]) blend(canvas, x, y, rgb, 1)
  }
}

const escaped = (text: string): string =>
  text.replace(/\p{Cc}/gu, ' ').replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)

/** The label above the left end of its box, within the page. SVG, which would do all this, is not loaded here. */
async function labelLayer({ box, label, color }: Mark, { width, height }: Canvas): Promise<OverlayOptions> {
  const text = `<span foreground="${color}" background="#ffffff">${escaped(label)}</span>`
  const drawn = await sharp({
    text: { text, rgba: true, dpi: Math.max(60, Math.round(width / 9)), font: 'sans 8' },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
  const fits = sharp(drawn.data).extract({
    left: 0,
    top: 0,
    width: Math.min(width, drawn.info.width),
    height: Math.min(height, drawn.info.height),
  })
  const { data, info } = await fits.png().toBuffer({ resolveWithObject: true })
  const left = Math.min(Math.round(box[0] * width), width - info.width)
  const top = Math.min(Math.max(0, Math.round(box[1] * height) - info.height - 2), height - info.height)
  return { input: data, left, top }
}

/** The page as a PNG with shades and marks drawn on it. */
export async function annotate(
  { data, width, height }: PageImage,
  shades: readonly Shade[],
  marks: readonly Mark[],
): Promise<Buffer> {
  const canvas: Canvas = { data: new Uint8Array(3 * width * height), width, height }
  data.forEach((grey, i) => canvas.data.fill(grey, 3 * i, 3 * i + 3))
  for (const shade of shades) drawShade(canvas, shade)
  for (const mark of marks) drawBox(canvas, mark)
  const labels: OverlayOptions[] = []
  for (const mark of marks.filter((m) => m.strong)) labels.push(await labelLayer(mark, canvas))
  return sharp(canvas.data, { raw: { width, height, channels: 3 } })
    .composite(labels)
    .png()
    .toBuffer()
}
