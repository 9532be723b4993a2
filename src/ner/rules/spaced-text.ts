import type { TextLine } from '../../core/document.ts'
import { width } from '../../core/geometry.ts'

/** A gap of more characters than this parts columns; the space within an amount is narrower. */
const widest = 1.5

/**
 * The text of a line, of the same length, with a tab where a wide gap parts two words: "1 150,00" is an amount, "2" and
 * "150,00" far from it are two. `text` may be a repaired version of the line's text.
 */
export function spacedText({ words }: TextLine, text: string): string {
  const characters = Array.from(text)
  let end = -1
  words.forEach((word, i) => {
    const next = words[i + 1]
    end += word.text.length + 1
    if (next === undefined) return
    const character = (width(word.box) + width(next.box)) / (word.text.length + next.text.length)
    if (next.box[0] - word.box[2] > widest * character) characters[end] = '\t'
  })
  return characters.join('')
}
