import { ratio, type Tally } from './tally.ts'

/** From low to high. */
export type Interval = readonly [low: number, high: number]

/** Uniform numbers in [0, 1) that are the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The quantile of sorted values by linear interpolation; `values` must not be empty. */
function quantile(values: readonly number[], q: number): number {
  const place = q * (values.length - 1)
  const below = values[Math.floor(place)] ?? 0
  const above = values[Math.ceil(place)] ?? 0
  return below + (place % 1) * (above - below)
}

const none: Tally = { tp: 0, fp: 0, fn: 0 }

export interface BootstrapOptions {
  readonly confidence?: number
  readonly resamples?: number
  readonly seed?: number
}

/**
 * The percentile bootstrap interval of the micro F1, documents drawn with replacement: 95 %, 2000 resamples by
 * default, the same for the same seed. Null when nothing was counted.
 * @example bootstrapF1([{ tp: 4, fp: 0, fn: 0 }, { tp: 0, fp: 4, fn: 4 }]) // [0, 1]: one draw in four has no error
 */
export function bootstrapF1(documents: readonly Tally[], options: BootstrapOptions = {}): Interval | null {
  const { confidence = 0.95, resamples = 2000, seed = 1 } = options
  const random = seededRandom(seed)
  const resampledF1 = (): number | null => {
    let right = 0
    let wrong = 0
    for (let draw = 0; draw < documents.length; draw++) {
      const { tp, fp, fn } = documents[Math.floor(random() * documents.length)] ?? none
      right += 2 * tp
      wrong += fp + fn
    }
    return ratio(right, right + wrong)
  }
  const scores = Array.from({ length: resamples }, resampledF1)
  const sorted = scores.filter((score) => score !== null).sort((a, b) => a - b)
  if (sorted.length === 0) return null
  return [quantile(sorted, (1 - confidence) / 2), quantile(sorted, (1 + confidence) / 2)]
}
