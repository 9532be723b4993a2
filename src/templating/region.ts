import type { OcrPage, TextLine, Word } from '../core/document.ts'
import { centerX, centerY, type Box } from '../core/geometry.ts'
import { labelSpan } from './anchor.ts'
import { text, type ValueParser } from './parsers.ts'
import { meanConfidence } from './regex.ts'
import { fieldRule, findingsOf, type FieldRule, type FillContext, type Finding } from './rule.ts'

/** A box at a fixed place of a page, in fractions of the normalised page. */
export interface FixedRegion {
  readonly box: Box
  /** From 1. */
  readonly page: number
}

/** Lines between printed texts: such a region stays right on a page of another length. */
export interface LineRegion {
  /** Wordings of the line above the region; the first line of the page where there are none. */
  readonly below: readonly string[]
  /** Wordings of the line that ends it. */
  readonly above: readonly string[]
  /** At most so many lines, next to `below`, or to `above` where only that is given. */
  readonly lines: number
  /** The part of the page's width, as fractions. */
  readonly x: readonly [left: number, right: number]
}

interface RegionOptions {
  readonly as?: ValueParser
}

function findingOf(
  words: readonly Word[],
  page: number,
  parse: ValueParser,
  { locale }: FillContext,
): readonly Finding[] {
  const parsed = parse(words.map((w) => w.text).join(' '), locale)
  return findingsOf(parsed, { page, words, confidence: 0.75 * meanConfidence(words) })
}

const inside = (word: Word, [x0, y0, x1, y1]: Box): boolean => {
  const [x, y] = [centerX(word.box), centerY(word.box)]
  return x >= x0 && x <= x1 && y >= y0 && y <= y1
}

/** The words whose centres lie in a box of the normalised page, for forms that are always of one size. */
export function fixedRegion(region: FixedRegion, { as = text }: RegionOptions = {}): FieldRule {
  return fieldRule((context) =>
    context.pages
      .filter(({ page }) => page === region.page)
      .flatMap(({ page, lines }) => {
        const words = lines.flatMap((line) => line.words).filter((word) => inside(word, region.box))
        return findingOf(words, page, as, context)
      }),
  )
}

export const showsLabel = (line: TextLine, labels: readonly string[]): boolean =>
  labels.some((label) => labelSpan(line, label) !== null)

/** The stretches of lines that a region describes on one page. */
function stretches({ lines }: OcrPage, { below, above, lines: most }: LineRegion): readonly TextLine[][] {
  if (below.length === 0)
    return lines.flatMap((line, end) =>
      showsLabel(line, above) ? [lines.slice(Math.max(0, end - most), end)] : [],
    )
  return lines.flatMap((line, i) => {
    if (!showsLabel(line, below)) return []
    const rest = lines.slice(i + 1)
    const end = above.length === 0 ? rest.length : rest.findIndex((next) => showsLabel(next, above))
    return end < 0 ? [] : [rest.slice(0, Math.min(end, most))]
  })
}

/** The words between printed texts, a stretch of lines wherever they stand on the page. */
export function lineRegion(region: LineRegion, { as = text }: RegionOptions = {}): FieldRule {
  const [left, right] = region.x
  return fieldRule((context) =>
    context.pages.flatMap((page) =>
      stretches(page, region).flatMap((lines) => {
        const words = lines.flatMap((line) => line.words)
        const taken = words.filter((w) => centerX(w.box) >= left && centerX(w.box) <= right)
        return findingOf(taken, page.page, as, context)
      }),
    ),
  )
}
