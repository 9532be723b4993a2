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
/** Of the points, the first look takes one in so many. */
const FIRST_SHARE = 4
/** As many of the angles at which those are sharpest are looked at with all points. */
const SECOND_LOOKS = 6
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
  for (let i = 0; i < heights.length; i++) {
    const at = heights[i]! - lowest
    const bin = Math.floor(at)
    profile[bin]! += 1 - (at - bin)
    profile[bin + 1]! += at - bin
  }
  let energy = profile[0]! ** 2
  for (let i = 1; i < profile.length; i++) energy += (profile[i]! - profile[i - 1]!) ** 2
  return energy
}

interface Sharpness {
  readonly degrees: number
  readonly sharpness: number
}

function looks(points: Points, angles: readonly number[]): readonly Sharpness[] {
  const seen = angles.map((degrees) => ({ degrees, sharpness: lineSharpness(points, degrees) }))
  return seen.sort((a, b) => b.sharpness - a.sharpness)
}

const angles = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step)

/** One point in `share`. */
function thinned({ x, y }: Points, share: number): Points {
  const count = Math.ceil(x.length / share)
  const few = { x: new Float32Array(count), y: new Float32Array(count) }
  for (let i = 0; i < count; i++) {
    few.x[i] = x[i * share]!
    few.y[i] = y[i * share]!
  }
  return few
}

/** The sharpest angle of steps that are far apart, sought with few points first. */
function coarseAngle(points: Points): number {
  const first = looks(thinned(points, FIRST_SHARE), angles(-MAX_DEGREES, MAX_DEGREES, COARSE_STEP))
  const second = looks(
    points,
    first.slice(0, SECOND_LOOKS).map(({ degrees }) => degrees),
  )
  return second[0]!.degrees
}

/** Degrees by which the lines are turned, clockwise positive, to a tenth within ±15; 0 where there are no clear lines. */
export function estimateSkew(points: Points): Sharpness {
  const straight = { degrees: 0, sharpness: points.x.length === 0 ? 0 : lineSharpness(points, 0) }
  if (points.x.length < MIN_POINTS) return straight
  const coarse = coarseAngle(points)
  const fine = looks(points, angles(coarse - COARSE_STEP, coarse + COARSE_STEP, FINE_STEP))[0]!
  const atLimit = Math.abs(coarse) >= MAX_DEGREES
  return atLimit || fine.sharpness < straight.sharpness * MIN_GAIN ? straight : fine
}
