import type { PageImage, Word } from '../../core/document.ts'
import { advance, meanProbability, splitAtSpaces, type Characters } from '../../onnx/read-words.ts'
import type { ReadLine } from './recognize.ts'

/** Regions are grown around the ink; boxes as tall as they are would reach into the next line. */
const inkShare = 0.7

/**
 * Where the network loses narrow spaces: between a date and a time, and between the amounts of two columns, which no
 * grouping of thousands explains.
 */
const lostSpace =
  /(?<=\d[-/.](?:\d\d|[A-Za-z]{3})[-/.](?:20)?\d\d)(?=\d?\d:\d\d)|(?<=^(?:20)?\d\d)(?=\d\d:\d\d:\d\d)|(?<=^\D?\d{1,3}\.\d\d)(?=\d\d+\.\d\d$)/g

function splitAtLostSpaces(word: Characters): Characters[] {
  const text = word.map((c) => c.text).join('')
  const starts = [0, ...Array.from(text.matchAll(lostSpace), ({ index }) => index)]
  return starts.map((start, i) => word.slice(start, starts[i + 1]))
}

/** Frames that a character takes that stands alone on its line. */
const lonely = 2

/** The words of a piece of a line, with boxes as wide as their characters. */
export function wordsOf({ region, characters, frames }: ReadLine, { width, height }: PageImage): Word[] {
  const margin = ((1 - inkShare) / 2) * region.height
  const words = splitAtSpaces(characters).flatMap(splitAtLostSpaces)
  return words.map((word) => {
    const half = advance(word, characters, lonely) / 2
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
