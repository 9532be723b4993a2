import type { TextLine, Word } from './document.ts'
import { lineText } from './document.ts'

/** A stretch of a line's text and the words that touch it. */
export interface TextSpan {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly words: readonly Word[]
}

/** The words of a line that touch characters start to end (exclusive) of its text. */
export function wordsBetween(line: TextLine, start: number, end: number): readonly Word[] {
  let offset = 0
  return line.words.filter((word) => {
    const from = offset
    offset += word.text.length + 1
    return from < end && from + word.text.length > start
  })
}

/**
 * Every match of a global pattern in a line. `text` may be a repaired version of the line's text of the same length, so
 * that a pattern sees digits where OCR read letters.
 */
export function findInLine(
  line: TextLine,
  pattern: RegExp,
  text: string = lineText(line),
): readonly TextSpan[] {
  return [...text.matchAll(pattern)].map((match) => {
    const end = match.index + match[0].length
    return { text: match[0], start: match.index, end, words: wordsBetween(line, match.index, end) }
  })
}
