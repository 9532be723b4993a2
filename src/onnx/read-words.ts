import type { ReadCharacter } from './ctc.ts'

export type Characters = readonly ReadCharacter[]

/** Characters between spaces. */
export function splitAtSpaces(characters: Characters): Characters[] {
  const spaces = characters.flatMap(({ text }, i) => (text === ' ' ? [i] : []))
  const starts = [0, ...spaces.map((i) => i + 1)]
  return starts.map((start, i) => characters.slice(start, spaces[i])).filter((word) => word.length > 0)
}

/** Frames between the middles of neighbouring characters; `otherwise` where a single one tells nothing. */
export function advance(word: Characters, line: Characters, otherwise: number): number {
  const of = word.length > 1 ? word : line
  return of.length > 1 ? (of.at(-1)!.frame - of[0]!.frame) / (of.length - 1) : otherwise
}

/** Geometric mean: one doubtful character makes a word doubtful. */
export const meanProbability = (word: Characters): number =>
  Math.exp(word.reduce((sum, c) => sum + Math.log(c.probability), 0) / word.length)
