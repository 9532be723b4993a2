import type { FloatTensor, IntTensor, Session, Tensor } from '../session.ts'
import type { TaggerManifest } from './manifest.ts'

/** What the network says of every word of a page. */
export interface Prediction {
  /** [words, tags] */
  readonly logits: readonly Float32Array[]
  /** Whether a word begins an item record, as a logit. */
  readonly starts: readonly number[]
}

interface Pass {
  readonly from: number
  readonly to: number
  readonly logits: Float32Array
  readonly starts: Float32Array
  readonly tags: number
}

function rowsOf<Data extends Float32Array | BigInt64Array>(
  { data, shape }: Tensor<Data>,
  from: number,
  to: number,
): Tensor<Data> {
  const width = shape[1]!
  return { data: data.slice(from * width, to * width) as Data, shape: [to - from, width] }
}

async function pass(
  session: Session,
  chars: IntTensor,
  features: FloatTensor,
  from: number,
  to: number,
): Promise<Pass> {
  const inputs = { chars: rowsOf(chars, from, to), features: rowsOf(features, from, to) }
  const { logits, starts } = await session.run(inputs)
  return { from, to, logits: logits!.data, starts: starts!.data, tags: logits!.shape[1]! }
}

/** Words between a word and the nearest end of a pass that is not an end of the page. */
function margin({ from, to }: Pass, word: number, words: number): number {
  if (word < from || word >= to) return -1
  return Math.min(from === 0 ? words : word - from, to === words ? words : to - 1 - word)
}

/** Runs the network over a page in passes of bounded length; where they overlap, the one that sees most around a word counts. */
export async function predict(
  session: Session,
  chars: IntTensor,
  features: FloatTensor,
  { size, stride }: TaggerManifest['windows'],
): Promise<Prediction> {
  const words = chars.shape[0]!
  const passes: Pass[] = []
  for (let from = 0; from === 0 || from < words - size + stride; from += stride) {
    passes.push(await pass(session, chars, features, from, Math.min(words, from + size)))
  }
  const logits: Float32Array[] = []
  const starts: number[] = []
  for (let word = 0; word < words; word++) {
    const best = passes.reduce((a, b) => (margin(b, word, words) > margin(a, word, words) ? b : a))
    const at = word - best.from
    logits.push(best.logits.subarray(at * best.tags, (at + 1) * best.tags))
    starts.push(best.starts[at]!)
  }
  return { logits, starts }
}
