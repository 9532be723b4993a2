import { ratio, type Tally } from './tally.ts'

/** From low to high. */
export type Interval = readonly [low: number, high: number]

/** Uniform numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
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

export interface BootstrapOptions {
  readonly confidence?: number
  readonly resamples?: number
  readonly seed?: number
}

/** Percentile bootstrap over `size` documents: `statistic` sees the places that were drawn, with replacement. */
function bootstrap(
  size: number,
  statistic: (draw: readonly number[]) => number | null,
  { confidence = 0.95, resamples = 2000, seed = 1 }: BootstrapOptions,
): Interval | null {
  const random = seededRandom(seed)
  const draw = (): number[] => Array.from({ length: size }, () => Math.floor(random() * size))
  const scores = Array.from({ length: resamples }, () => statistic(draw()))
  const sorted = scores.filter((score) => score !== null).sort((a, b) => a - b)
  if (sorted.length === 0) return null
  return [quantile(sorted, (1 - confidence) / 2), quantile(sorted, (1 + confidence) / 2)]
}

function drawnF1(documents: readonly Tally[], draw: readonly number[]): number | null {
  let right = 0
  let wrong = 0
  for (const place of draw) {
    const { tp, fp, fn } = documents[place]!
    right += 2 * tp
    wrong += fp + fn
  }
  return ratio(right, right + wrong)
}

/**
 * The percentile bootstrap interval of the micro F1, documents drawn with replacement: 95 %, 2000 resamples by
 * default, the same for the same seed. Null when nothing was counted.
 * @example bootstrapF1([{ tp: 4, fp: 0, fn: 0 }, { tp: 0, fp: 4, fn: 4 }]) // [0, 1]: one draw in four has no error
 */
export const bootstrapF1 = (documents: readonly Tally[], options: BootstrapOptions = {}): Interval | null =>
  bootstrap(documents.length, (draw) => drawnF1(documents, draw), options)

/** Two readings of one document. */
export type TallyPair = readonly [a: Tally, b: Tally]

/**
 * The interval of the difference between two systems' micro F1 (a − b) on the same documents, drawn in pairs; otherwise
 * as `bootstrapF1`. It leaves out zero where one system is better beyond the luck of the documents.
 */
export function bootstrapF1Difference(
  documents: readonly TallyPair[],
  options: BootstrapOptions = {},
): Interval | null {
  const first = documents.map(([a]) => a)
  const second = documents.map(([, b]) => b)
  const difference = (draw: readonly number[]): number | null => {
    const [a, b] = [drawnF1(first, draw), drawnF1(second, draw)]
    return a === null || b === null ? null : a - b
  }
  return bootstrap(documents.length, difference, options)
}
