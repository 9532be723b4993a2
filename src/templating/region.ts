import type { OcrPage, TextRow, Word } from '../core/document.ts'
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

/** Rows between printed texts: such a region stays right on a page of another length. */
export interface RowRegion {
  /** Wordings of the row above the region; the first row of the page where there are none. */
  readonly below: readonly string[]
  /** Wordings of the row that ends it. */
  readonly above: readonly string[]
  /** At most so many rows, next to `below`, or to `above` where only that is given. */
  readonly rows: number
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
      .flatMap(({ page, rows }) => {
        const words = rows.flatMap((row) => row.words).filter((word) => inside(word, region.box))
        return findingOf(words, page, as, context)
      }),
  )
}

export const showsLabel = (row: TextRow, labels: readonly string[]): boolean =>
  labels.some((label) => labelSpan(row, label) !== null)

/** The stretches of rows that a region describes on one page. */
function stretches({ rows }: OcrPage, { below, above, rows: most }: RowRegion): readonly TextRow[][] {
  if (below.length === 0)
    return rows.flatMap((row, end) =>
      showsLabel(row, above) ? [rows.slice(Math.max(0, end - most), end)] : [],
    )
  return rows.flatMap((row, i) => {
    if (!showsLabel(row, below)) return []
    const rest = rows.slice(i + 1)
    const end = above.length === 0 ? rest.length : rest.findIndex((next) => showsLabel(next, above))
    return end < 0 ? [] : [rest.slice(0, Math.min(end, most))]
  })
}

/** The words between printed texts, a stretch of rows wherever they stand on the page. */
export function rowRegion(region: RowRegion, { as = text }: RegionOptions = {}): FieldRule {
  const [left, right] = region.x
  return fieldRule((context) =>
    context.pages.flatMap((page) =>
      stretches(page, region).flatMap((rows) => {
        const words = rows.flatMap((row) => row.words)
        const taken = words.filter((w) => centerX(w.box) >= left && centerX(w.box) <= right)
        return findingOf(taken, page.page, as, context)
      }),
    ),
  )
}
