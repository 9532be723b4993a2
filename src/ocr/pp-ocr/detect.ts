import type { PageImage } from '../../core/document.ts'
import { findComponents, type Component } from '../../imaging/components.ts'
import { cut, type Region } from '../../imaging/resample.ts'
import type { FloatTensor, Session } from '../../onnx/session.ts'

// The network halves its picture five times.
const multiple = 32
/** The network finds lines as well on a smaller page, in a quarter of the time. */
const scale = 0.7
/** Longest side of the picture that is looked at, pixels. */
const maxSide = 2400
const inkThreshold = 0.3
const boxThreshold = 0.5
/** How far the shrunken regions that the network marks are grown again (Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", 2020). */
const unclip = 1.4
const smallest = 3

// ImageNet statistics, as in the published preprocessing; channels are equal on a grey page.
const mean = [0.485, 0.456, 0.406]
const deviation = [0.229, 0.224, 0.225]

const rounded = (pixels: number): number => Math.max(multiple, Math.round(pixels / multiple) * multiple)

function toTensor({ data, width, height }: PageImage): FloatTensor {
  const size = width * height
  const planes = new Float32Array(3 * size)
  for (let channel = 0; channel < 3; channel++) {
    const [m, d] = [mean[channel]! * 255, deviation[channel]! * 255]
    for (let i = 0; i < size; i++) planes[channel * size + i] = (data[i]! - m) / d
  }
  return { data: planes, shape: [1, 3, height, width] }
}

const meanOf = (map: Float32Array, { pixels }: Component): number =>
  pixels.reduce((sum, at) => sum + map[at]!, 0) / pixels.length

function grown({ x0, y0, x1, y1 }: Component, width: number, height: number): Region {
  const by = ((x1 - x0) * (y1 - y0) * unclip) / (2 * (x1 - x0 + y1 - y0))
  const left = Math.max(0, Math.floor(x0 - by))
  const top = Math.max(0, Math.floor(y0 - by))
  const right = Math.min(width, Math.ceil(x1 + by))
  const bottom = Math.min(height, Math.ceil(y1 + by))
  return { left, top, width: right - left, height: bottom - top }
}

function scaled(region: Region, x: number, y: number, image: PageImage): Region {
  const left = Math.floor(region.left * x)
  const top = Math.floor(region.top * y)
  return {
    left,
    top,
    width: Math.min(image.width - left, Math.ceil(region.width * x)),
    height: Math.min(image.height - top, Math.ceil(region.height * y)),
  }
}

/** Where text stands on a straightened page: rectangles around pieces of lines, in whole pixels. */
export async function detectLines(session: Session, image: PageImage): Promise<readonly Region[]> {
  const shrink = Math.min(scale, maxSide / Math.max(image.width, image.height))
  const width = rounded(image.width * shrink)
  const height = rounded(image.height * shrink)
  const whole = { left: 0, top: 0, width: image.width, height: image.height }
  const x = toTensor(await cut(image, whole, width, height))
  const [map] = Object.values(await session.run({ x }))
  const probabilities = map!.data
  const bitmap = { data: Uint8Array.from(probabilities, (p) => (p > inkThreshold ? 1 : 0)), width, height }
  return findComponents(bitmap)
    .filter((c) => c.x1 - c.x0 >= smallest && c.y1 - c.y0 >= smallest)
    .filter((c) => meanOf(probabilities, c) > boxThreshold)
    .map((c) => scaled(grown(c, width, height), image.width / width, image.height / height, image))
}
