import { gunzipSync } from 'node:zlib'
import { ParallaxError } from '../core/errors.ts'
import type { ModelFolder } from './model-folder.ts'

/** How likely characters follow each other on a line. */
export interface CharacterModel {
  /** Natural logarithm of the probability of `next` after `text`, which begins with its line. */
  score(text: string, next: string): number
}

/** Before the first character of a line. */
const boundary = '\n'
const end = '\x03'
/** All digits are one to the model: which number is likely is not for it to say. */
const digit = '0'
const oneOfTen = Math.log(1 / 10)
const unseen = -9

const characters: Readonly<Record<string, string>> = { '<s>': boundary, '</s>': end, '▁': ' ' }

interface Gram {
  readonly probability: number
  /** Weight of the shorter history after this one. */
  readonly backoff: number
}

/** An n-gram's line: logarithm to base 10, characters between spaces, and where it is a history its weight. */
function parseGram(line: string): readonly [string, Gram] {
  const [probability = '', tokens = '', backoff = '0'] = line.split('\t')
  const text = tokens.split(' ').map((token) => characters[token] ?? token)
  return [
    text.join(''),
    { probability: Number(probability) * Math.LN10, backoff: Number(backoff) * Math.LN10 },
  ]
}

/** A character n-gram model from an ARPA file whose digits are all 0; E_ENGINE for text that is none. */
export function parseArpa(arpa: string): CharacterModel {
  const grams = new Map(
    arpa
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map(parseGram),
  )
  const orders = Array.from(arpa.matchAll(/^ngram (\d+)=/gm), ([, order]) => Number(order))
  if (grams.size === 0 || orders.length === 0)
    throw new ParallaxError('E_ENGINE', 'The character model is empty or no ARPA file.')
  const reach = Math.max(...orders) - 1
  return remembering(reach, (before, next) => scoreMarked(grams, before, next))
}

/** Marked letters that Unicode does not take apart. */
// prettier-ignore
const whole: Readonly<Record<string, string>> = {
  đ: 'd', Đ: 'D', ħ: 'h', Ħ: 'H', ı: 'i', ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', ẞ: 'ß',
}
const isPlain = (text: string): boolean => /^[\n -~]*$/.test(text)
/** Without the marks of its letters. */
export const unmarked = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐħĦıłŁøØẞ]/g, (letter) => whole[letter]!)

/** Of what its plain letter would be, how likely a marked one is at least. */
const marked = Math.log(1 / 5)

/** A letter with marks that lines rarely show counts as its plain one: names of a language that the model hardly knows keep theirs. */
function scoreMarked(grams: ReadonlyMap<string, Gram>, before: string, next: string): number {
  const own = scoreGram(grams, before, next)
  if (isPlain(before + next)) return own
  const plain = [unmarked(before), unmarked(next)] as const
  if (plain[0] === before && plain[1] === next) return own
  return Math.max(own, scoreGram(grams, ...plain) + marked)
}

/** `before` is the history that counts. */
function scoreGram(grams: ReadonlyMap<string, Gram>, before: string, next: string): number {
  const isDigit = /\d/.test(next)
  const last = isDigit ? digit : next
  let history = before.replaceAll(/\d/g, digit)
  let weight = isDigit ? oneOfTen : 0
  for (;;) {
    const gram = grams.get(history + last)
    if (gram) return weight + gram.probability
    if (history === '') return weight + unseen
    weight += grams.get(history)?.backoff ?? 0
    history = history.slice(1)
  }
}

const mostRemembered = 50_000

/** Lines ask for the same few characters again and again. */
function remembering(reach: number, score: (before: string, next: string) => number): CharacterModel {
  const known = new Map<string, number>()
  return {
    score(text, next) {
      const before = (boundary + text).slice(-reach)
      const asked = before + next
      const found = known.get(asked)
      if (found !== undefined) return found
      if (known.size >= mostRemembered) known.clear()
      const scored = score(before, next)
      known.set(asked, scored)
      return scored
    },
  }
}

/** The model of `model.arpa.gz` in a model folder. */
export async function openCharacterModel(folder: ModelFolder): Promise<CharacterModel> {
  return parseArpa(gunzipSync(await folder.read('model.arpa.gz')).toString())
}
