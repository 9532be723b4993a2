import type { Box } from '../core/geometry.ts'
import { fold } from '../values/fold.ts'

/** A page as its words: boxes in fractions of it, its size in pixels. */
export interface PageOfWords {
  readonly width: number
  readonly height: number
  readonly words: readonly { readonly text: string; readonly box: Box }[]
}

/** Pages that are looked at: a document says what it is at its beginning. */
const mostPages = 2

/** Words of a page that are looked at. */
const mostWords = 500

const shortest = 3

/** By how much letters are larger than most of the page's, so that they make a title. */
const titleSize = 1.35

const wordOf = (text: string): string => fold(text).replace(/[^\p{L}]/gu, '')

const isAmount = (text: string): boolean => /^[-+(]?\p{Sc}?\d[\d., ]*[.,]\d{2}\)?\p{Sc}?-?$/u.test(text)

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** A number told by the power of two below it, so that few steps stand for all sizes. */
const step = (name: string, value: number): string =>
  `${name}:${value <= 0 ? 'none' : Math.floor(Math.log2(value))}`

/** Words, pairs of neighbours, and what stands in large letters. */
function wordFeatures({ words, height }: PageOfWords): readonly string[] {
  const usual = median(words.map(({ box }) => (box[3] - box[1]) * height))
  let before = ''
  return words.slice(0, mostWords).flatMap(({ text, box }) => {
    const word = wordOf(text)
    const pair = before === '' || word === '' ? [] : [`${before} ${word}`]
    before = word
    if (word.length < shortest) return pair
    const isLarge = (box[3] - box[1]) * height > titleSize * usual
    return [word, ...pair, ...(isLarge ? [`title:${word}`] : [])]
  })
}

/** How a page looks: its shape, how much is on it, how much of that are amounts. */
function lookFeatures({ words, width, height }: PageOfWords): readonly string[] {
  const amounts = words.filter(({ text }) => isAmount(text)).length
  return [
    step('shape', (4 * height) / width),
    step('words', words.length),
    step('amounts', amounts),
    step('amounts-of-words', (64 * amounts) / Math.max(1, words.length)),
  ]
}

/**
 * What a document's words say of its kind: each once, in no order. Words are folded to plain letters, so that what is a number, a
 * name's initials or punctuation says nothing.
 */
export function featuresOf(pages: readonly PageOfWords[]): readonly string[] {
  const looked = pages.slice(0, mostPages)
  const first = looked[0]
  return [...new Set([...looked.flatMap(wordFeatures), ...(first ? lookFeatures(first) : [])])]
}
