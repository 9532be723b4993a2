import type { Component } from './components.ts'

/** Letters whose neighbours are looked at; more do not change the answer. */
const SAMPLE = 600
const MIN_LETTERS = 40
/** Upright pages have at least half of their letters beside each other; sideways pages about a tenth. */
const MAX_BESIDE = 0.35

const gap = (from: number, to: number, otherFrom: number, otherTo: number): number =>
  Math.max(otherFrom - to, from - otherTo, 0)

/** Whether the nearest letter stands beside (true) or above or below (false); null where neither is clear. */
function nearestIsBeside(letter: Component, letters: readonly Component[]): boolean | null {
  let nearest = Infinity
  let beside: boolean | null = null
  for (const other of letters) {
    const across = gap(letter.x0, letter.x1, other.x0, other.x1)
    const down = gap(letter.y0, letter.y1, other.y0, other.y1)
    if (across > 0 === down > 0 || across + down >= nearest) continue
    nearest = across + down
    beside = across > 0
  }
  return beside
}

/**
 * Share of letters whose nearest letter is beside them, 0 to 1: letters of a word stand closer than lines do.
 * Null where there are too few letters to tell.
 */
function besideShare(letters: readonly Component[]): number | null {
  if (letters.length < MIN_LETTERS) return null
  const step = Math.ceil(letters.length / SAMPLE)
  const answers = letters.filter((_, i) => i % step === 0).map((letter) => nearestIsBeside(letter, letters))
  const clear = answers.filter((beside) => beside !== null)
  return clear.length === 0 ? null : clear.filter(Boolean).length / clear.length
}

/** True when the lines run up or down the page; whether the page then stands on its head is left open. */
export const isSideways = (letters: readonly Component[]): boolean => (besideShare(letters) ?? 1) < MAX_BESIDE
