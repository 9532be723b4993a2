import { distance } from 'fastest-levenshtein'
import type { OcrPage, Word } from '../core/document.ts'
import { plain } from './anchor.ts'
import { meanConfidence } from './regex.ts'
import { fieldRule, type FieldRule } from './rule.ts'

export interface TextPlace {
  readonly page: number
  readonly words: readonly Word[]
}

export const digitsOf = (text: string): string => text.replace(/\D/g, '')

interface Reach {
  readonly to: number
  readonly read: string
  readonly slips: number
}

/** The words from a place on that spell a text best. */
function reach(words: readonly string[], from: number, wanted: string, allowed: number): Reach | null {
  let best: Reach | null = null
  let read = ''
  for (let to = from; to < words.length && read.length <= wanted.length + allowed; to++) {
    read += words[to]!
    if (Math.abs(read.length - wanted.length) > allowed) continue
    const slips = distance(read, wanted)
    if (slips <= (best ? best.slips - 1 : allowed)) best = { to: to + 1, read, slips }
  }
  return best
}

/** The place from a word on, or from one of the next, where fewer slips explain the reading. */
function bestReach(words: readonly string[], from: number, wanted: string, allowed: number) {
  let best = { from, reach: reach(words, from, wanted, allowed) }
  for (let next = from + 1; best.reach && best.reach.slips > 0 && next < best.reach.to; next++) {
    const later = reach(words, next, wanted, best.reach.slips - 1)
    if (later) best = { from: next, reach: later }
  }
  return best
}

/** Where a text stands, over as many lines as it takes; OCR slips of one letter in six are forgiven. */
export function placesOf(pages: readonly OcrPage[], text: string): readonly TextPlace[] {
  const wanted = plain(text)
  if (wanted === '') return []
  return pages.flatMap(({ page, lines }) => {
    const words = lines.flatMap((line) => line.words)
    const spelled = words.map((w) => plain(w.text))
    const places: TextPlace[] = []
    for (let at = 0; at < words.length; at++) {
      if (spelled[at] === '') continue
      const { from, reach } = bestReach(spelled, at, wanted, Math.floor(wanted.length / 6))
      if (!reach) continue
      places.push({ page, words: words.slice(from, reach.to) })
      at = reach.to - 1
    }
    return places
  })
}

const readText = (words: readonly Word[]): string => words.map((w) => w.text).join(' ')

/**
 * A text that is known beforehand, such as a vendor's name, where the page shows it: letters that OCR misread are forgiven,
 * digits are not, and the value is spelled as given here.
 */
export function knownText(text: string): FieldRule {
  return fieldRule(({ pages }) =>
    placesOf(pages, text)
      .filter(({ words }) => digitsOf(readText(words)) === digitsOf(text))
      .map((place) => ({ ...place, value: text, text, confidence: 0.95 * meanConfidence(place.words) })),
  )
}
