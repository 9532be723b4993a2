import type { Word } from '../core/document.ts'
import type { Box } from '../core/geometry.ts'

/** A page with its words; boxes in fractions of it, its size in pixels, so that across and down can be compared. */
export interface Sheet {
  readonly page: number
  readonly width: number
  readonly height: number
  readonly words: readonly Word[]
}

/** A blank band through all of a stretch of a page. */
export interface Cut {
  readonly lie: 'below' | 'beside'
  /** Its two edges, in fractions of the page. */
  readonly from: number
  readonly to: number
  /** Its width, in heights of a line of text. */
  readonly lines: number
}

/** A line of text with the space to the next, in heights of its words. */
const linePitch = 1.5

/** Blank lines that a band must be wide to be one: paragraphs are nearer to each other. */
const least = { below: 1.3, beside: 1.6 } as const

/** Words on each side, without which it is no document. */
const leastWords = 8

/** Bands of a stretch that are looked at, the widest first. */
const mostCuts = 8

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

interface Extent {
  readonly from: number
  readonly to: number
}

interface Gap extends Extent {
  /** Words before it. */
  readonly before: number
}

/** Stretches that no word touches, between the first and the last. */
function gapsOf(extents: readonly Extent[]): readonly Gap[] {
  const sorted = [...extents].sort((a, b) => a.from - b.from)
  const gaps: Gap[] = []
  let reached = sorted[0]?.to ?? 0
  sorted.forEach(({ from, to }, before) => {
    if (from > reached) gaps.push({ from: reached, to: from, before })
    reached = Math.max(reached, to)
  })
  return gaps
}

const extentOf = ({ box }: { readonly box: Box }, lie: Cut['lie']): Extent =>
  lie === 'below' ? { from: box[1], to: box[3] } : { from: box[0], to: box[2] }

function bandsOf(sheet: Sheet, lie: Cut['lie'], lineHeight: number): readonly Cut[] {
  const { words } = sheet
  const size = lie === 'below' ? sheet.height : sheet.width
  return gapsOf(words.map((word) => extentOf(word, lie))).flatMap(({ from, to, before }) => {
    const lines = ((to - from) * size) / lineHeight
    const enough = Math.min(before, words.length - before) >= leastWords
    return enough && lines >= least[lie] ? [{ lie, from, to, lines }] : []
  })
}

/** The blank bands that may part a stretch of a page in two, the widest first. */
export function cutsOf(sheet: Sheet): readonly Cut[] {
  const lineHeight = linePitch * sheet.height * median(sheet.words.map(({ box }) => box[3] - box[1]))
  if (lineHeight === 0) return []
  const all = [...bandsOf(sheet, 'below', lineHeight), ...bandsOf(sheet, 'beside', lineHeight)]
  return all.sort((a, b) => b.lines - a.lines).slice(0, mostCuts)
}

/** What stands above or left of a band, and what below or right of it. */
export function partedAt(sheet: Sheet, { lie, to }: Cut): readonly [Sheet, Sheet] {
  const isBefore = (word: Word): boolean => extentOf(word, lie).from < to
  return [
    { ...sheet, words: sheet.words.filter(isBefore) },
    { ...sheet, words: sheet.words.filter((word) => !isBefore(word)) },
  ]
}
