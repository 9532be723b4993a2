/** Places of ink, in pixels. */
export interface Points {
  readonly x: Float32Array
  readonly y: Float32Array
}

const MAX_DEGREES = 15
const COARSE_STEP = 0.5
const FINE_STEP = 0.1
/** A turn must sharpen the lines at least this much over none, or the page is taken as straight. */
const MIN_GAIN = 1.03
/** Fewer points than this say nothing about lines. */
const MIN_POINTS = 200

/** How sharply the ink falls into lines once the page is turned back by `degrees`: energy of the profile's steps. */
function lineSharpness({ x, y }: Points, degrees: number): number {
  const radians = (degrees * Math.PI) / 180
  const sin = Math.sin(radians)
  const cos = Math.cos(radians)
  let lowest = Infinity
  let highest = -Infinity
  const heights = new Float32Array(x.length)
  for (let i = 0; i < x.length; i++) {
    const height = cos * y[i]! - sin * x[i]!
    heights[i] = height
    if (height < lowest) lowest = height
    if (height > highest) highest = height
  }
  const profile = new Float32Array(Math.ceil(highest - lowest) + 3)
  for (const height of heights) {
    const at = height - lowest
    const bin = Math.floor(at)
    profile[bin]! += 1 - (at - bin)
    profile[bin + 1]! += at - bin
  }
  let energy = profile[0]! ** 2
  for (let i = 1; i < profile.length; i++) energy += (profile[i]! - profile[i - 1]!) ** 2
  return energy
}

function sharpest(
  points: Points,
  from: number,
  to: number,
  step: number,
): { degrees: number; sharpness: number } {
  let best = { degrees: 0, sharpness: -1 }
  const steps = Math.round((to - from) / step)
  for (let i = 0; i <= steps; i++) {
    const degrees = from + i * step
    const sharpness = lineSharpness(points, degrees)
    if (sharpness > best.sharpness) best = { degrees, sharpness }
  }
  return best
}

/** Degrees by which the lines are turned, clockwise positive, to a tenth within ±15; 0 where there are no clear lines. */
export function estimateSkew(points: Points): { degrees: number; sharpness: number } {
  const straight = { degrees: 0, sharpness: points.x.length === 0 ? 0 : lineSharpness(points, 0) }
  if (points.x.length < MIN_POINTS) return straight
  const coarse = sharpest(points, -MAX_DEGREES, MAX_DEGREES, COARSE_STEP)
  const fine = sharpest(points, coarse.degrees - COARSE_STEP, coarse.degrees + COARSE_STEP, FINE_STEP)
  const atLimit = Math.abs(coarse.degrees) >= MAX_DEGREES
  return atLimit || fine.sharpness < straight.sharpness * MIN_GAIN ? straight : fine
}
