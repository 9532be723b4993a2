import { wordConfidence, type OcrPage, type Word } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import { height, width, type Box } from '../core/geometry.ts'
import type { CharacterModel } from '../onnx/character-model.ts'
import { toOcrPage } from '../core/text-lines.ts'

/** What two engines read in one place; either may have read nothing. */
interface Place {
  readonly first: Word[]
  readonly second: Word[]
}

/** Share of the smaller word by which boxes must overlap, across and down, to be the same print. */
const overlapNeeded = 0.5

/** A box without width or height overlaps what it stands in. */
function overlaps(a: Box, b: Box): boolean {
  const across = Math.min(a[2], b[2]) - Math.max(a[0], b[0])
  const down = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  return (
    across >= overlapNeeded * Math.min(width(a), width(b)) &&
    down >= overlapNeeded * Math.min(height(a), height(b))
  )
}

const wordsOf = ({ lines }: OcrPage): Word[] => lines.flatMap((line) => line.words)

/** Aligns two readings of a page: words that overlap, directly or through others, stand in one place. */
function align(first: OcrPage, second: OcrPage): Place[] {
  let places: Place[] = wordsOf(first).map((word) => ({ first: [word], second: [] }))
  for (const word of wordsOf(second)) {
    const met = places.filter(({ first }) => first.some((w) => overlaps(w.box, word.box)))
    const joined = {
      first: met.flatMap((p) => p.first),
      second: [...met.flatMap((p) => p.second), word],
    }
    places = [...places.filter((p) => !met.includes(p)), joined]
  }
  return places
}

const byPlace = (words: readonly Word[]): Word[] => [...words].sort((a, b) => a.box[0] - b.box[0])
const textOf = (words: readonly Word[]): string =>
  byPlace(words)
    .map((w) => w.text)
    .join(' ')

const amount = /^\W{0,2}(?:[A-Z]{1,3}|\p{Sc})?\s?-?\d{1,3}(?:[.,\s]?\d{3})*[.,]\d{2}\W{0,2}$/u
const date = /^\W?\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\W?$/
const word = /^\W?\p{Lu}?(?:\p{Lu}+|\p{Ll}+)\W{0,2}$/u

/** Shapes that values have: money, dates, words without digits or changes of case. */
const isWellFormed = (text: string): boolean =>
  text.split(' ').every((part) => amount.test(part) || date.test(part) || word.test(part))

/** Mean log probability of a character. */
function likelihood(text: string, model: CharacterModel): number {
  const scores = Array.from(text, (c, i) => model.score(text.slice(0, i), c))
  return scores.reduce((a, b) => a + b, 0) / Math.max(1, scores.length)
}

// Chosen on training receipts, grouped by merchant.
const weights = { confidence: 4, likelihood: 0.5, form: 0.5, first: 1 }
/** A place that the first engine did not see must be read this surely. */
const aloneNeeded = 0.8

function score(words: readonly Word[], model: CharacterModel): number {
  const text = textOf(words)
  return (
    weights.confidence * wordConfidence(words) +
    weights.likelihood * likelihood(text, model) +
    weights.form * Number(isWellFormed(text))
  )
}

function choose({ first, second }: Place, model: CharacterModel): readonly Word[] {
  if (second.length === 0 || textOf(first) === textOf(second)) return first
  if (first.length === 0)
    return wordConfidence(second) >= aloneNeeded && isWellFormed(textOf(second)) ? second : []
  return score(second, model) > score(first, model) + weights.first ? second : first
}

/** Of two readings of one page, place by place the one that is surer, likelier and better formed; in doubt the first. */
export function chooseReadings(first: OcrPage, second: OcrPage, model: CharacterModel): OcrPage {
  return toOcrPage(
    first.page,
    align(first, second).flatMap((place) => choose(place, model)),
  )
}

/** Two engines as one that reads every page with both. */
export function bothEngines(first: OcrEngine, second: OcrEngine, model: CharacterModel): OcrEngine {
  return {
    name: `${first.name}+${second.name}`,
    revision: `${first.revision}+${second.revision}`,
    uprightConfidence: first.uprightConfidence,
    knownScriptConfidence: null,
    digitConfusions: first.digitConfusions,
    async recognize(page, signal) {
      const reading = await first.recognize(page, signal)
      return chooseReadings(reading, await second.recognize(page, signal), model)
    },
    async dispose() {
      try {
        await first.dispose?.()
      } finally {
        await second.dispose?.()
      }
    },
  }
}
