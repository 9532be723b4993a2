import type { CharacterModel } from './character-model.ts'
import type { FloatTensor } from './session.ts'

/** One character as a CTC head read it. */
export interface ReadCharacter {
  readonly text: string
  /** The head's own, 0 to 1, whatever the character model said. */
  readonly probability: number
  /** The frame in which it is surest. */
  readonly frame: number
}

/** What the classes of a CTC head stand for, by number; absent classes are never read. Class 0 is the blank. */
export type CtcAlphabet = ReadonlyMap<number, string>

/** Lines that are kept while decoding goes on. */
const beamWidth = 8
/** Less likely characters of a frame are not followed. */
const negligible = 0.003
const least = 1e-5

// Chosen by folds of training receipts, grouped by merchant.
const modelWeight = 0.25
/** Longer lines are less likely to the model; this makes up for it. */
const perCharacter = 0.9
/** A reading of the frames so far: characters from last to first. */
interface Chain extends ReadCharacter {
  readonly before: Chain | null
}

interface Prefix {
  readonly text: string
  readonly model: number
  chain: Chain | null
  /** Log probability of all paths that end in a blank, and of those that end in the last character. */
  blank: number
  character: number
}

function logAdd(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a]
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high))
}

const seen = (prefix: Prefix): number => logAdd(prefix.blank, prefix.character)
const score = (prefix: Prefix): number => seen(prefix) + prefix.model

/** Digits and their marks within a number are read by sight alone, and no digit is added because it is likely. */
function bonus(model: CharacterModel, text: string, next: string): number {
  const isDigit = /\d/.test(next)
  const end = text.slice(-2)
  if ((isDigit && /\d[.,:/-]?$/.test(end)) || (/[.,:/-]/.test(next) && /\d$/.test(end))) return 0
  const weighed = perCharacter + modelWeight * model.score(text, next)
  return isDigit ? Math.min(0, weighed) : weighed
}

/** The alphabet as it is gone through for every frame. */
interface Classes {
  readonly labels: Int32Array
  readonly texts: readonly string[]
}

const classesOf = (alphabet: CtcAlphabet): Classes => ({
  labels: Int32Array.from(alphabet.keys()),
  texts: [...alphabet.values()],
})

/** The characters of a frame with their share among what can be read; '' is the blank. */
function readFrame(data: Float32Array, offset: number, { labels, texts }: Classes): Map<string, number> {
  const shares = new Map([['', data[offset]!]])
  let sum = data[offset]!
  for (let i = 0; i < labels.length; i++) {
    const p = data[offset + labels[i]!]!
    if (p < least) continue
    sum += p
    shares.set(texts[i]!, (shares.get(texts[i]!) ?? 0) + p)
  }
  if (sum === 0) return new Map([['', 1]])
  for (const [text, p] of shares) {
    if (text === '' || p / sum > negligible) shares.set(text, Math.max(least, p / sum))
    else shares.delete(text)
  }
  return shares
}

/** The prefixes of the next frame; the same text from different paths is one prefix. */
class Beam {
  readonly #prefixes = new Map<string, Prefix>()

  add(
    from: Prefix,
    text: string,
    model: () => number,
    chain: Chain | null,
    ending: 'blank' | 'character',
    p: number,
  ): void {
    if (p === -Infinity) return
    let to = this.#prefixes.get(text)
    if (!to) {
      to = {
        text,
        model: text === from.text ? from.model : from.model + model(),
        chain,
        blank: -Infinity,
        character: -Infinity,
      }
      this.#prefixes.set(text, to)
    }
    if (p > seen(to)) to.chain = chain
    to[ending] = logAdd(to[ending], p)
  }

  best(count: number): Prefix[] {
    return [...this.#prefixes.values()].sort((a, b) => score(b) - score(a)).slice(0, count)
  }
}

function step(
  prefixes: readonly Prefix[],
  frame: number,
  shares: ReadonlyMap<string, number>,
  model: CharacterModel,
): Prefix[] {
  const beam = new Beam()
  for (const prefix of prefixes) {
    const { text, chain } = prefix
    for (const [next, share] of shares) {
      const p = Math.log(share)
      const read = { text: next, probability: share, frame, before: chain }
      const weigh = () => bonus(model, text, next)
      if (next === '') beam.add(prefix, text, weigh, chain, 'blank', seen(prefix) + p)
      else if (next === chain?.text) {
        const longer = share > chain.probability ? { ...read, before: chain.before } : chain
        beam.add(prefix, text, weigh, longer, 'character', prefix.character + p)
        beam.add(prefix, text + next, weigh, read, 'character', prefix.blank + p)
      } else beam.add(prefix, text + next, weigh, read, 'character', seen(prefix) + p)
    }
  }
  return beam.best(beamWidth)
}

/** A frame that shows nothing but the blank: what was read stays, in the same order. */
function pause(prefixes: readonly Prefix[], share: number): Prefix[] {
  const p = Math.log(share)
  return prefixes.map((prefix) => ({ ...prefix, blank: seen(prefix) + p, character: -Infinity }))
}

function unroll(chain: Chain | null): ReadCharacter[] {
  const read: ReadCharacter[] = []
  for (let at = chain; at; at = at.before)
    read.push({ text: at.text, probability: at.probability, frame: at.frame })
  return read.reverse()
}

/**
 * Prefix beam search over the frames of a line with a character model (Graves, "Sequence Transduction with Recurrent
 * Neural Networks", 2012; Hannun et al., "First-Pass Large Vocabulary Continuous Speech Recognition using
 * Bi-Directional Recurrent DNNs", 2014). `probabilities` has the shape [1, frames, classes].
 */
export function decodeCtc(
  { data, shape }: FloatTensor,
  alphabet: CtcAlphabet,
  model: CharacterModel,
): readonly ReadCharacter[] {
  const [, frames = 0, classes = 0] = shape
  let prefixes: Prefix[] = [{ text: '', model: 0, chain: null, blank: 0, character: -Infinity }]
  const readable = classesOf(alphabet)
  for (let frame = 0; frame < frames; frame++) {
    const shares = readFrame(data, frame * classes, readable)
    prefixes = shares.size === 1 ? pause(prefixes, shares.get('')!) : step(prefixes, frame, shares, model)
  }
  return unroll(prefixes[0]!.chain)
}
