import type { OcrPage, TextLine, Word } from './document.ts'
import { hull } from './geometry.ts'

/** Characters across a page, and lines down it. */
const grid = { columns: 80, lines: 60 }

function toLine(line: string, y: number, confidence: number): TextLine {
  const words = [...line.matchAll(/\S+/g)].map(({ 0: text, index }): Word => {
    const [x0, x1] = [index / grid.columns, (index + text.length) / grid.columns]
    return { text, confidence, box: [x0, y / grid.lines, x1, (y + 0.8) / grid.lines] }
  })
  return { words, box: hull(words.map((w) => w.box)) }
}

/** A page that shows these lines in a typewriter's letters, as an engine of this confidence would read it. */
export function pageOf(text: string, { page = 1, confidence = 0.9 } = {}): OcrPage {
  const lines = text.split('\n').map((line, y) => ({ line, y }))
  const printed = lines.filter(({ line }) => line.trim() !== '')
  return { page, lines: printed.map(({ line, y }) => toLine(line, y, confidence)) }
}
