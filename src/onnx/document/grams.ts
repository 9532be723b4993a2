import type { IntTensor } from '../session.ts'
import type { AskerManifest } from './manifest.ts'

type Specification = AskerManifest['features']

/** Small letters without marks, digits as 0, no signs at the ends unless there is nothing else; cut to `length` characters. */
export function normalWord(text: string, length: number): readonly string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/\p{Nd}/gu, '0')
  const bare = plain.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  return Array.from(bare === '' ? plain : bare).slice(0, length)
}

/** FNV-1a over code points. */
function hash(codes: readonly number[], start: number, prime: number): number {
  return codes.reduce((value, code) => Math.imul(value ^ code, prime), start) >>> 0
}

/** The buckets of a word's n-grams: itself between its ends, its threes, its fours. */
function bucketsOf(text: string, { length, buckets, grams, offset, prime }: Specification): number[] {
  const marked = ['<', ...normalWord(text, length), '>'].map((c) => c.codePointAt(0)!)
  const found = new Array<number>(grams).fill(0)
  found[0] = 1 + (hash(marked, offset, prime) % buckets)
  const sizes = [
    { size: 3, first: 1 },
    { size: 4, first: 1 + length },
  ]
  for (const { size, first } of sizes)
    for (let at = 0; at + size <= marked.length; at++)
      found[first + at] = 1 + (hash(marked.slice(at, at + size), offset ^ size, prime) % buckets)
  return found
}

/** [words, grams] buckets of hashed n-grams. */
export function gramsOf(texts: readonly string[], spec: Specification): IntTensor {
  const data = new BigInt64Array(texts.length * spec.grams)
  texts.forEach((text, i) => {
    bucketsOf(text, spec).forEach((bucket, j) => (data[i * spec.grams + j] = BigInt(bucket)))
  })
  return { data, shape: [texts.length, spec.grams] }
}
