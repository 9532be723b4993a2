import type { PageImage } from '../../core/document.ts'
import { cut } from '../../imaging/resample.ts'
import type { FloatTensor } from '../session.ts'
import type { DenseManifest } from './manifest.ts'

/** A page as the network sees it. */
export interface Picture {
  /** [1, 1, height, width]; ink is 1, filled up with paper. */
  readonly tensor: FloatTensor
  /** Pixels of it that the page takes. */
  readonly width: number
  readonly height: number
}

const filled = (pixels: number, multiple: number): number => Math.ceil(pixels / multiple) * multiple

/** The page at the size that the network was trained on: as large as its letters need, within the most pixels. */
export async function pictureOf(image: PageImage, spec: DenseManifest['picture']): Promise<Picture> {
  const scale = Math.min(spec.scale, Math.sqrt(spec.mostPixels / (image.width * image.height)))
  const width = Math.max(1, Math.round(image.width * scale))
  const height = Math.max(1, Math.round(image.height * scale))
  const whole = { left: 0, top: 0, width: image.width, height: image.height }
  const { data } = await cut(image, whole, width, height)
  const [across, down] = [filled(width, spec.multiple), filled(height, spec.multiple)]
  const ink = new Float32Array(across * down)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) ink[y * across + x] = 1 - data[y * width + x]! / 255
  }
  return { tensor: { data: ink, shape: [1, 1, down, across] }, width, height }
}
