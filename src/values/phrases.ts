import { distance } from 'fastest-levenshtein'
import { fold } from './fold.ts'

/** How many letters OCR may have wrong in a word of this length and still be meant. */
const tolerance = (length: number): number => (length >= 8 ? 2 : length >= 5 ? 1 : 0)

const same = (a: string, b: string): boolean =>
  a === b || (Math.abs(a.length - b.length) <= 2 && distance(a, b) <= tolerance(Math.min(a.length, b.length)))

/** Words of two letters or more, lower case, marks dropped; "Sub-Total:" becomes sub, total. */
export function phraseTokens(text: string): readonly string[] {
  const plain = fold(text).replace(/0/g, 'o')
  return plain.match(/[a-z!|]{2,}/g)?.map((t) => t.replace(/[!|]/g, 'l')) ?? []
}

/** A phrase of a lexicon, ready to be looked for. */
interface Phrase {
  readonly words: readonly string[]
  /** OCR slips are not forgiven. */
  readonly isExact: boolean
  /** Counts only where it begins the line. */
  readonly begins: boolean
}

const parsePhrase = (phrase: string): Phrase => ({
  words: phraseTokens(phrase),
  isExact: phrase.startsWith('='),
  begins: phrase.startsWith('^'),
})

const fits = (token: string, word: string, isExact: boolean): boolean =>
  isExact ? token === word : same(token, word)

/** Tokens repeat from line to line and from page to page; so many are remembered a list. */
const remembered = 10_000

/** Phrases that can be looked for many times: which of them a token can begin is found out once. */
class PhraseIndex {
  private readonly phrases: readonly Phrase[]
  private readonly beginnings = new Map<string, readonly Phrase[]>()

  constructor(phrases: readonly string[]) {
    this.phrases = phrases.map(parsePhrase).filter(({ words }) => words.length > 0)
  }

  private startingWith(token: string): readonly Phrase[] {
    const seen = this.beginnings.get(token)
    if (seen) return seen
    const found = this.phrases.filter(({ words, isExact }) => fits(token, words[0]!, isExact))
    if (this.beginnings.size >= remembered) this.beginnings.clear()
    this.beginnings.set(token, found)
    return found
  }

  isIn(tokens: readonly string[]): boolean {
    return tokens.some((token, at) =>
      this.startingWith(token).some(
        ({ words, isExact, begins }) =>
          (at === 0 || !begins) && words.every((word, i) => fits(tokens[at + i] ?? '', word, isExact)),
      ),
    )
  }
}

const indexes = new WeakMap<readonly string[], PhraseIndex>()

/** Whether words, as `phraseTokens` makes them, hold one of the phrases, OCR slips forgiven. */
export function tokensSay(tokens: readonly string[], phrases: readonly string[]): boolean {
  const index = indexes.get(phrases) ?? new PhraseIndex(phrases)
  indexes.set(phrases, index)
  return index.isIn(tokens)
}

/** Whether a line says one of the phrases, OCR slips forgiven. */
export const says = (text: string, phrases: readonly string[]): boolean =>
  tokensSay(phraseTokens(text), phrases)
