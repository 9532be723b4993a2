import type { PageImage } from '../../core/document.ts'
import { findComponents, type Bitmap, type Component } from '../../imaging/components.ts'
import { cut, type Region } from '../../imaging/resample.ts'
import type { FloatTensor, Session } from '../../onnx/session.ts'

/** The detector: its network and the picture that it looks at. */
export interface LineDetector {
  readonly session: Session
  readonly picture: {
    /** Of the page, where that keeps to `mostSide`. */
    readonly scale: number
    /** Longest side, in pixels. */
    readonly mostSide: number
    /** Of pixels, that both sides are. */
    readonly multiple: number
  }
}

const inkThreshold = 0.3
const boxThreshold = 0.5
/**
 * How far the shrunken regions that the network marks are grown again (Liao et al., "Real-time Scene Text Detection with
 * Differentiable Binarization", 2020): less to the left and above than to the right and below, where commas and tails are.
 */
const unclip = { before: 1, after: 1.25 }
const smallest = 3

function toTensor({ data, width, height }: PageImage): FloatTensor {
  const shades = new Float32Array(data.length)
  for (let i = 0; i < data.length; i++) shades[i] = data[i]! / 127.5 - 1
  return { data: shades, shape: [1, 1, height, width] }
}

function bitmapOf({ data, shape }: FloatTensor): Bitmap {
  const [height, width] = shape.slice(-2) as [number, number]
  const marked = new Uint8Array(data.length)
  for (let i = 0; i < data.length; i++) if (data[i]! > inkThreshold) marked[i] = 1
  return { data: marked, width, height }
}

const meanOf = (map: Float32Array, { pixels }: Component): number =>
  pixels.reduce((sum, at) => sum + map[at]!, 0) / pixels.length

/** What a mark stands for on a page that is so many times as large, in its whole pixels. */
function grown({ x0, y0, x1, y1 }: Component, across: number, down: number, image: PageImage): Region {
  const by = ((x1 - x0) * (y1 - y0)) / (2 * (x1 - x0 + y1 - y0))
  const left = Math.max(0, Math.floor((x0 - unclip.before * by) * across))
  const top = Math.max(0, Math.floor((y0 - unclip.before * by) * down))
  const right = Math.min(image.width, Math.ceil((x1 + unclip.after * by) * across))
  const bottom = Math.min(image.height, Math.ceil((y1 + unclip.after * by) * down))
  return { left, top, width: right - left, height: bottom - top }
}

/** Where text stands on a straightened page: rectangles around pieces of lines, in whole pixels. */
export async function detectLines(
  { session, picture }: LineDetector,
  image: PageImage,
): Promise<readonly Region[]> {
  const { scale, mostSide, multiple } = picture
  const shrink = Math.min(scale, mostSide / Math.max(image.width, image.height))
  const sideOf = (pixels: number): number =>
    Math.max(multiple, Math.round((pixels * shrink) / multiple) * multiple)
  const [width, height] = [sideOf(image.width), sideOf(image.height)]
  const whole = { left: 0, top: 0, width: image.width, height: image.height }
  const page = toTensor(await cut(image, whole, width, height))
  const { probabilities } = await session.run({ page })
  return findComponents(bitmapOf(probabilities!))
    .filter((c) => c.x1 - c.x0 >= smallest && c.y1 - c.y0 >= smallest)
    .filter((c) => meanOf(probabilities!.data, c) > boxThreshold)
    .map((c) => grown(c, image.width / width, image.height / height, image))
}
