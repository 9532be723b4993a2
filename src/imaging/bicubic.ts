import type { PageImage } from '../core/document.ts'
import type { Region } from './resample.ts'

/** Which pixels of one axis make each pixel of the result, and how much of each. */
interface Taps {
  /** Of every pixel of the result. */
  readonly count: number
  readonly places: Int32Array
  readonly weights: Float32Array
}

/** Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981, with a = −1/2; 0 from 2 on. */
function kernel(distance: number): number {
  const x = Math.abs(distance)
  if (x >= 2) return 0
  return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2
}

/** Where an axis shrinks, the kernel is as much wider; pixels beyond the ends are those at the ends. */
function tapsOf(length: number, size: number): Taps {
  const step = length / size
  const wide = Math.max(1, step)
  const count = Math.ceil(4 * wide) + 1
  const places = new Int32Array(size * count)
  const weights = new Float32Array(size * count)
  for (let i = 0, at = 0; i < size; i++, at += count) {
    const middle = (i + 0.5) * step - 0.5
    const first = Math.ceil(middle - 2 * wide)
    let sum = 0
    for (let tap = 0; tap < count; tap++) {
      const weight = kernel((first + tap - middle) / wide)
      places[at + tap] = Math.min(length - 1, Math.max(0, first + tap))
      weights[at + tap] = weight
      sum += weight
    }
    for (let tap = 0; tap < count; tap++) weights[at + tap]! /= sum
  }
  return { count, places, weights }
}

/** The region's rows at the new width, [rows, width]. */
function acrossRows(
  { data, width: stride }: PageImage,
  { left, top, height }: Region,
  taps: Taps,
): Float32Array {
  const { count, places, weights } = taps
  const width = places.length / count
  const rows = new Float32Array(height * width)
  for (let y = 0, at = 0; y < height; y++) {
    const start = (top + y) * stride + left
    for (let x = 0, tap = 0; x < width; x++, at++) {
      let sum = 0
      for (const end = tap + count; tap < end; tap++) sum += weights[tap]! * data[start + places[tap]!]!
      rows[at] = sum
    }
  }
  return rows
}

function downColumns(rows: Float32Array, width: number, { count, places, weights }: Taps): Float32Array {
  const height = places.length / count
  const result = new Float32Array(height * width)
  for (let y = 0; y < height; y++) {
    const to = y * width
    for (let tap = y * count; tap < (y + 1) * count; tap++) {
      const weight = weights[tap]!
      const from = places[tap]! * width
      if (weight !== 0) for (let x = 0; x < width; x++) result[to + x]! += weight * rows[from + x]!
    }
  }
  return result
}

/**
 * Cuts a region out and scales it: grey from 0 to 255, row by row, not rounded. For small regions, which it does in less time
 * than it takes to hand a page to `cut`.
 */
export function bicubic(image: PageImage, region: Region, width: number, height: number): Float32Array {
  const rows = acrossRows(image, region, tapsOf(region.width, width))
  const result = downColumns(rows, width, tapsOf(region.height, height))
  for (let i = 0; i < result.length; i++) result[i] = Math.min(255, Math.max(0, result[i]!))
  return result
}
