import type { OcrPage, TextLine, Word } from './document.ts'
import { centerY, height, hull, type Box } from './geometry.ts'

/** Share of the smaller height by which two words must overlap to stand on one line. */
const overlapNeeded = 0.4

function verticalOverlap(a: Box, b: Box): number {
  const shared = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  return shared / Math.max(1e-6, Math.min(height(a), height(b)))
}

interface OpenLine {
  readonly words: Word[]
  /** The rightmost words seen so far decide what joins: a page that is still slightly turned drifts along the line. */
  tail: Box
}

function join(line: OpenLine, word: Word): void {
  line.words.push(word)
  const last = line.words.slice(-3).map((w) => w.box)
  const mean = (i: 1 | 3): number => last.reduce((sum, b) => sum + b[i], 0) / last.length
  line.tail = [word.box[0], mean(1), word.box[2], mean(3)]
}

function toLine({ words }: OpenLine): TextLine {
  const sorted = [...words].sort((a, b) => a.box[0] - b.box[0])
  return { words: sorted, box: hull(sorted.map((w) => w.box)) }
}

/**
 * Rebuilds the lines of a page from word boxes alone, because engines that look for columns read a receipt's names
 * and prices apart. Words are taken from left to right; each joins the line whose tail it overlaps most.
 */
export function groupIntoLines(words: readonly Word[]): readonly TextLine[] {
  const open: OpenLine[] = []
  for (const word of [...words].sort((a, b) => a.box[0] - b.box[0])) {
    const best = open
      .filter((line) => line.tail[2] - word.box[0] < 0.5 * (word.box[2] - word.box[0]))
      .map((line) => ({ line, overlap: verticalOverlap(line.tail, word.box) }))
      .reduce((a, b) => (b.overlap > a.overlap ? b : a), {
        line: null as OpenLine | null,
        overlap: overlapNeeded,
      })
    if (best.line) join(best.line, word)
    else open.push({ words: [word], tail: word.box })
  }
  return open.map(toLine).sort((a, b) => centerY(a.box) - centerY(b.box))
}

/** What an engine read, as every reader of OCR expects it: no empty words, lines from top to bottom. */
export function toOcrPage(page: number, words: readonly Word[]): OcrPage {
  return { page, lines: groupIntoLines(words.filter((w) => w.text.trim() !== '')) }
}
