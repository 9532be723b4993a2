import { distance } from 'fastest-levenshtein'
import type { TextLine, Word } from '../core/document.ts'
import { centerX } from '../core/geometry.ts'
import { text, type ValueParser } from './parsers.ts'
import { meanConfidence } from './regex.ts'
import { fieldRule, findingsOf, linesOf, type FieldRule } from './rule.ts'

export interface AnchorOptions {
  readonly as?: ValueParser
  /** Other wordings of the same label. */
  readonly or?: readonly string[]
}

/** The letters and digits of a text alone, in lower case, without accents. */
export const plain = (s: string): string =>
  s
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()

const plainLines = new WeakMap<TextLine, readonly string[]>()

/** The words of a line, `plain`; many labels are looked for on the same lines. */
function plainWords(line: TextLine): readonly string[] {
  const words = plainLines.get(line) ?? line.words.map((w) => plain(w.text))
  plainLines.set(line, words)
  return words
}

/** Which words of a line (from, to exclusive) are a label, OCR slips of one letter in six forgiven where `isIt`; null when none. */
export function labelSpan(
  line: TextLine,
  label: string,
  isIt: (read: string, wanted: string) => boolean = () => true,
): { readonly from: number; readonly to: number } | null {
  const wanted = plain(label)
  if (wanted === '') return null
  const allowed = Math.floor(wanted.length / 6)
  const words = plainWords(line)
  for (let from = 0; from < words.length; from++) {
    let read = ''
    let best: { readonly to: number; readonly slips: number } | null = null
    for (let to = from; to < words.length && read.length < wanted.length + 2; to++) {
      read += words[to]!
      if (Math.abs(read.length - wanted.length) > allowed) continue
      const slips = distance(read, wanted)
      if (slips <= allowed && slips < (best?.slips ?? Infinity) && isIt(read, wanted))
        best = { to: to + 1, slips }
    }
    if (best) return { from, to: best.to }
  }
  return null
}

/** Words of the line below that start within the width of the label. */
function below(next: TextLine | undefined, label: readonly Word[]): readonly Word[] {
  const left = label[0]!.box[0] - 0.02
  const right = label.at(-1)!.box[2] + 0.15
  return next?.words.filter((w) => centerX(w.box) >= left && centerX(w.box) <= right) ?? []
}

/**
 * The value to the right of a printed label, or below it.
 * @example anchor('Invoice No', { or: ['Inv. #'] })
 */
export function anchor(label: string, { as = text, or = [] }: AnchorOptions = {}): FieldRule {
  return fieldRule(({ pages, locale }) => {
    const lines = linesOf(pages)
    return lines.flatMap(({ page, line }, i) => {
      const at = [label, ...or].map((l) => labelSpan(line, l)).find((found) => found !== null)
      if (!at) return []
      const sides = [
        line.words.slice(at.to),
        below(lines[i + 1]?.page === page ? lines[i + 1]?.line : undefined, line.words.slice(at.from, at.to)),
      ]
      for (const words of sides) {
        const parsed = as(words.map((w) => w.text).join(' '), locale)
        if (parsed) return findingsOf(parsed, { page, words, confidence: 0.85 * meanConfidence(words) })
      }
      return []
    })
  })
}
