import { wordConfidence, type OcrPage, type Word } from '../core/document.ts'
import type { OcrEngine } from '../core/engines.ts'
import type { Violation } from '../core/extraction.ts'
import type { ReadPage } from './read-pages.ts'

/** Of fewer letters in the file's own text a page tells too little. */
const fewestLetters = 12

/** Of a page in another script an engine reads hardly any letter, and those with doubt. */
const fewestRead = 2

const letters = /\p{L}/gu
const latinLetters = /\p{Script=Latin}/gu

const countOf = (words: readonly Word[], pattern: RegExp): number =>
  words.reduce((sum, { text }) => sum + (text.match(pattern)?.length ?? 0), 0)

const lettered = ({ lines }: OcrPage): readonly Word[] =>
  lines.flatMap(({ words }) => words.filter(({ text }) => /\p{L}/u.test(text)))

/** Whether most letters of a page are in a script that nothing here reads: by the file's own text, or by the engine's doubts. */
function isUnknown({ reading, by }: ReadPage, { knownScriptConfidence }: OcrEngine): boolean {
  const words = lettered(reading)
  const count = countOf(words, letters)
  if (by !== 'ocr') return count >= fewestLetters && countOf(words, latinLetters) < count / 2
  if (count < fewestRead) return false
  return knownScriptConfidence !== null && wordConfidence(words) < knownScriptConfidence
}

/** What is said of pages in another script than the Latin one. */
export function unknownScripts(pages: readonly ReadPage[], ocr: OcrEngine): readonly Violation[] {
  const numbers = pages.filter((page) => isUnknown(page, ocr)).map(({ page }) => page.number)
  if (numbers.length === 0) return []
  const subject = numbers.length === 1 ? `Page ${numbers[0]} seems` : `Pages ${numbers.join(', ')} seem`
  const message = `${subject} to be written in a script that is not read; only Latin script is.`
  return [{ code: 'E_UNSUPPORTED_SCRIPT', field: null, message }]
}
