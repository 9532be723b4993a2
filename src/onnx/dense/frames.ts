import type { FloatTensor } from '../session.ts'
import type { Line } from './lines.ts'
import type { DenseManifest } from './manifest.ts'

/** Where a line's frames stand among those of all lines, and on the picture. */
export interface Stretch {
  readonly line: Line
  readonly first: number
  readonly count: number
  /** Pixels between two frames. */
  readonly step: number
}

export interface Frames {
  readonly stretches: readonly Stretch[]
  /** [rows, frames, 2], from −1 to 1 over the picture. */
  readonly points: FloatTensor
  /** [frames], 0 between lines. */
  readonly present: FloatTensor
}

/** Frames of nothing between two lines, so that neither is read into the other. */
const apart = 4
const nowhere = -1e4

const lengthOf = ({ start, end }: Line): number =>
  Math.max(1, Math.hypot(end[0] - start[0], end[1] - start[1]))

function layOut(lines: readonly Line[], { perHeight, margin }: DenseManifest['frames']): Stretch[] {
  let first = 0
  return lines.map((line) => {
    const step = line.height / perHeight
    const count = Math.max(2, Math.ceil((lengthOf(line) + 2 * margin * line.height) / step))
    const stretch = { line, first, count, step }
    first += count + apart
    return stretch
  })
}

/** Pixels from a line's start to so many frames after its first one begins. */
export const along = ({ line, step }: Stretch, frames: number, { margin }: DenseManifest['frames']): number =>
  frames * step - margin * line.height

/** The point of a line's middle so many pixels from its start. */
export function pointAt(line: Line, distance: number): readonly [x: number, y: number] {
  const share = distance / lengthOf(line)
  return [
    line.start[0] + (line.end[0] - line.start[0]) * share,
    line.start[1] + (line.end[1] - line.start[1]) * share,
  ]
}

/** Frames along all lines, one after the other, on a picture of so many pixels. */
export function framesOf(
  lines: readonly Line[],
  spec: DenseManifest['frames'],
  width: number,
  height: number,
): Frames {
  const stretches = layOut(lines, spec)
  const total = stretches.reduce((sum, { count }) => sum + count + apart, 0)
  const points = new Float32Array(spec.rows.length * total * 2).fill(nowhere)
  const present = new Float32Array(total)
  for (const stretch of stretches) {
    const { line, first, count } = stretch
    const length = lengthOf(line)
    const [dx, dy] = [(line.end[0] - line.start[0]) / length, (line.end[1] - line.start[1]) / length]
    for (let i = 0; i < count; i++) {
      present[first + i] = 1
      const [x, y] = pointAt(line, along(stretch, i + 0.5, spec))
      spec.rows.forEach((row, r) => {
        const at = 2 * (r * total + first + i)
        points[at] = (2 * (x - dy * row * line.height)) / width - 1
        points[at + 1] = (2 * (y + dx * row * line.height)) / height - 1
      })
    }
  }
  return {
    stretches,
    points: { data: points, shape: [spec.rows.length, total, 2] },
    present: { data: present, shape: [total] },
  }
}
