import type { PageImage, Word } from '../../core/document.ts'
import type { ReadCharacter } from '../../onnx/ctc.ts'
import type { ReadLine } from './recognize.ts'

/** Regions are grown around the ink; boxes as tall as they are would reach into the next line. */
const inkShare = 0.7

type Characters = readonly ReadCharacter[]

/**
 * Where the network loses narrow spaces: between a date and a time, and between the amounts of two columns, which no
 * grouping of thousands explains.
 */
const lostSpace =
  /(?<=\d[-/.](?:\d\d|[A-Za-z]{3})[-/.](?:20)?\d\d)(?=\d?\d:\d\d)|(?<=^(?:20)?\d\d)(?=\d\d:\d\d:\d\d)|(?<=^\D?\d{1,3}\.\d\d)(?=\d\d+\.\d\d$)/g

const isSpace = ({ text }: ReadCharacter): boolean => text === ' '

/** Characters between spaces. */
function splitAtSpaces(characters: Characters): Characters[] {
  const spaces = characters.flatMap((c, i) => (isSpace(c) ? [i] : []))
  const starts = [0, ...spaces.map((i) => i + 1)]
  return starts.map((start, i) => characters.slice(start, spaces[i])).filter((word) => word.length > 0)
}

function splitAtLostSpaces(word: Characters): Characters[] {
  const text = word.map((c) => c.text).join('')
  const starts = [0, ...Array.from(text.matchAll(lostSpace), ({ index }) => index)]
  return starts.map((start, i) => word.slice(start, starts[i + 1]))
}

/** Frames between the middles of neighbouring characters. */
function advance(word: Characters, line: Characters): number {
  const of = word.length > 1 ? word : line
  return of.length > 1 ? (of.at(-1)!.frame - of[0]!.frame) / (of.length - 1) : 2
}

/** Geometric mean: one doubtful character makes a word doubtful. */
const meanProbability = (word: Characters): number =>
  Math.exp(word.reduce((sum, c) => sum + Math.log(c.probability), 0) / word.length)

/** The words of a piece of a line, with boxes as wide as their characters. */
export function wordsOf({ region, characters, frames }: ReadLine, { width, height }: PageImage): Word[] {
  const margin = ((1 - inkShare) / 2) * region.height
  const words = splitAtSpaces(characters).flatMap(splitAtLostSpaces)
  return words.map((word) => {
    const half = advance(word, characters) / 2
    const from = Math.max(0, (word[0]!.frame + 0.5 - half) / frames)
    const to = Math.min(1, (word.at(-1)!.frame + 0.5 + half) / frames)
    return {
      text: word.map((c) => c.text).join(''),
      confidence: meanProbability(word),
      box: [
        (region.left + from * region.width) / width,
        (region.top + margin) / height,
        (region.left + to * region.width) / width,
        (region.top + region.height - margin) / height,
      ],
    }
  })
}
