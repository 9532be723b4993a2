import { distance } from 'fastest-levenshtein'
import type { Field, SeenWord } from '../core/extraction.ts'
import type { FieldSpec } from '../core/field-spec.ts'
import { readAmount } from '../values/printed.ts'
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

/** Whether words in a row make a text, in the eyes of `is`, which is asked of those of about its length alone. */
function isMadeOf(wanted: string, words: readonly string[], is: (read: string) => boolean): boolean {
  return words.some((_, first) => {
    let read = ''
    for (let i = first; i < words.length; i++) {
      read += words[i]!
      if (read.length * leastSimilar > wanted.length) return false
      if (read.length >= leastSimilar * wanted.length && is(read)) return true
    }
    return false
  })
}

/** What stands there letter by letter is found fast, and most of what is looked for does. */
const hasText = (wanted: string, words: readonly string[]): boolean =>
  isMadeOf(wanted, words, (read) => read === wanted) ||
  isMadeOf(wanted, words, (read) => similarity(wanted, read) >= leastSimilar)

/** What another reader read, made ready once for all the values that are looked for in it. */
interface ReadText {
  /** Letters and digits of each word that has any. */
  readonly plain: readonly string[]
  readonly joined: string
  /** Up to `longestValue` words in a row, each text once. */
  readonly runs: readonly string[]
  /** Those of them that are amounts. */
  readonly amounts: readonly number[]
}

function runsOf(words: readonly SeenWord[]): readonly string[] {
  const runs = new Set<string>()
  words.forEach((_, first) => {
    let run = ''
    for (const { text } of words.slice(first, first + longestValue)) {
      run = run === '' ? text : `${run} ${text}`
      runs.add(run)
    }
  })
  return [...runs]
}

function makeReady(words: readonly SeenWord[]): ReadText {
  const letters = words.map(({ text }) => plain(text)).filter((text) => text !== '')
  const runs = runsOf(words)
  const amounts = runs.map((run) => readAmount(run)).filter((amount) => amount !== null)
  return { plain: letters, joined: letters.join(''), runs, amounts: [...new Set(amounts)] }
}

const ready = new WeakMap<readonly SeenWord[], ReadText>()

function readTextOf(words: readonly SeenWord[]): ReadText {
  const text = ready.get(words) ?? makeReady(words)
  ready.set(words, text)
  return text
}

function hasValue(field: Field, spec: FieldSpec, { runs, amounts }: ReadText): boolean {
  const { value } = field
  if (spec.comparator === 'amount' && typeof value === 'number')
    return amounts.some((amount) => Math.abs(amount - value) < spec.tolerance)
  return runs.some((run) => isSameBy(spec, field, run))
}

/**
 * Whether a value stands among words that another reader read, in reading order: a text nearly, all else as the same
 * value.
 * @example isGrounded({ value: 9, text: 'RM9.00', … }, amount, [{ text: '9.00', … }]) // true
 */
export function isGrounded(field: Field, spec: FieldSpec, words: readonly SeenWord[]): boolean {
  const printed = field.text ?? String(field.value)
  const wanted = plain(printed)
  if (wanted.length <= shortest) return words.some(({ text }) => text.includes(printed.trim()))
  const read = readTextOf(words)
  if (spec.comparator === 'text') return hasText(wanted, read.plain)
  // Or letter by letter, wherever the words are cut.
  return hasValue(field, spec, read) || read.joined.includes(wanted)
}
