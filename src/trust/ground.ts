import { distance } from 'fastest-levenshtein'
import type { Field, SeenWord } from '../core/extraction.ts'
import type { FieldSpec } from '../core/field-spec.ts'
import { isSameBy } from '../values/same.ts'

/** Of its letters and digits, that a text must share with what another reader read: either misreads some. */
const leastSimilar = 0.8
/** Words of a value that is compared as a whole. */
const longestValue = 5

/** Letters of a text that may be a part of a word, such as a currency. */
const shortest = 3

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

function similarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length)
  return longest === 0 ? 0 : 1 - distance(a, b) / longest
}

function hasText(wanted: string, words: readonly string[]): boolean {
  const enough = (length: number): boolean => length >= leastSimilar * wanted.length
  return words.some((_, first) => {
    let read = ''
    for (let i = first; i < words.length; i++) {
      read += words[i]!
      if (read.length * leastSimilar > wanted.length) return false
      if (enough(read.length) && similarity(wanted, read) >= leastSimilar) return true
    }
    return false
  })
}

const hasValue = (field: Field, spec: FieldSpec, words: readonly SeenWord[]): boolean =>
  words.some((_, first) =>
    Array.from({ length: Math.min(longestValue, words.length - first) }, (_, more) =>
      words
        .slice(first, first + more + 1)
        .map((w) => w.text)
        .join(' '),
    ).some((text) => isSameBy(spec, field, text)),
  )

/**
 * Whether a value stands among words that another reader read, in reading order: a text nearly, all else as the same
 * value.
 * @example isGrounded({ value: 9, text: 'RM9.00', … }, amount, [{ text: '9.00', … }]) // true
 */
export function isGrounded(field: Field, spec: FieldSpec, words: readonly SeenWord[]): boolean {
  const printed = field.text ?? String(field.value)
  const wanted = plain(printed)
  if (wanted.length <= shortest) return words.some(({ text }) => text.includes(printed.trim()))
  if (spec.comparator !== 'text' && hasValue(field, spec, words)) return true
  const read = words.map(({ text }) => plain(text)).filter((text) => text !== '')
  return spec.comparator === 'text' ? hasText(wanted, read) : isIn(wanted, read)
}

/** Letter by letter, wherever the words are cut. */
const isIn = (wanted: string, words: readonly string[]): boolean => words.join('').includes(wanted)
