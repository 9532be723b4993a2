import type { Box } from '../core/geometry.ts'
import type { Sheet } from './cuts.ts'
import { evidenceOf, type Evidence } from './evidence.ts'
import { joined, type Facts } from './facts.ts'
import { factsOfPiece, partingsOf, wholePage, type Piece } from './pieces.ts'
import { reasonsOf } from './reasons.ts'
import { probabilityOf, thresholds } from './weights.ts'

/** A document of a file, as far as its words tell. */
export interface Segment {
  readonly pages: readonly number[]
  /** In fractions of its one page as it was read; null where it has its pages to itself. */
  readonly region: Box | null
  /** That it is a document of its own: that of the less certain of its bounds. */
  readonly probability: number
}

/** A place where another document may begin, but not surely enough to split there. */
export interface Doubt {
  readonly page: number
  /** The part of the page in question, as `Segment.region`; null for all of it. */
  readonly region: Box | null
  readonly probability: number
  /** What speaks for it, as clauses of a sentence, the strongest first. */
  readonly reasons: readonly string[]
}

export interface Segments {
  readonly segments: readonly Segment[]
  readonly doubts: readonly Doubt[]
  /** Whether there are more documents than are told apart: the segments are then the first of them. */
  readonly isCutShort: boolean
}

/** Documents that are told apart on one page, and in a file. */
export const mostOnPage = 48
export const mostParts = 200

/** A piece that is a document of its own, with the probability of the least certain cut that made it. */
interface Own {
  readonly piece: Piece
  readonly probability: number
}

interface SplitPage {
  readonly own: readonly Own[]
  readonly doubts: readonly Doubt[]
}

function doubtAt(piece: Piece, evidence: Evidence, probability: number): Doubt {
  return { page: piece.sheet.page, region: piece.box, probability, reasons: reasonsOf(evidence) }
}

/** Different totals that no document prints on one page: where no band tells them apart, slips stand too close for that. */
const manyTotals = 10

const crowded = ({ sheet, box }: Piece): Doubt => ({
  page: sheet.page,
  region: box,
  probability: 0.5,
  reasons: [`prints ${manyTotals} totals or more`],
})

/** Cuts a page at its likeliest band, then what comes of that in the same way, until no band parts documents. */
function splitPage(page: Piece): SplitPage {
  const open: Own[] = [{ piece: page, probability: 1 }]
  const own: Own[] = []
  const doubts: Doubt[] = []
  while (open.length > 0) {
    const { piece, probability } = open.pop()!
    const [best] = [...partingsOf(piece)].sort((a, b) => b.probability - a.probability)
    if (best && best.probability >= thresholds.split && open.length + own.length + 2 <= mostOnPage) {
      const less = Math.min(probability, best.probability)
      const [before, after] = best.sides
      open.push({ piece: after, probability: less }, { piece: before, probability: less })
      continue
    }
    if (best && best.probability >= thresholds.doubt && best.probability < thresholds.split)
      doubts.push(doubtAt(best.sides[1], best.evidence, best.probability))
    else if (factsOfPiece(piece).totals.size >= manyTotals) doubts.push(crowded(piece))
    own.push({ piece, probability })
  }
  return { own, doubts }
}

/** A document that may go on on the next page; `starts` is the probability of its first bound. */
interface Open {
  readonly pages: readonly number[]
  readonly region: Box | null
  readonly facts: Facts | null
  readonly starts: number
}

interface Progress {
  readonly closed: readonly Open[]
  readonly doubts: readonly Doubt[]
}

const followed = (open: Open, page: number, facts: Facts): Open => ({
  ...open,
  pages: [...open.pages, page],
  facts: open.facts === null ? facts : facts.lines === 0 ? open.facts : joined(open.facts, facts),
})

/** A page that is not split goes on with the document before it, or begins another. */
function addPage({ closed, doubts }: Progress, page: Piece): Progress {
  const facts = factsOfPiece(page)
  const { page: number } = page.sheet
  const last = closed.at(-1)
  const fresh: Open = { pages: [number], region: null, facts: facts.lines === 0 ? null : facts, starts: 1 }
  if (!last) return { closed: [fresh], doubts }
  if (last.region !== null) return { closed: facts.lines === 0 ? closed : [...closed, fresh], doubts }
  const before = closed.slice(0, -1)
  if (last.facts === null || facts.lines === 0)
    return { closed: [...before, followed(last, number, facts)], doubts }
  const evidence = evidenceOf(last.facts, facts)
  const probability = probabilityOf(evidence, 'page')
  if (probability >= thresholds.split)
    return { closed: [...closed, { ...fresh, starts: probability }], doubts }
  const doubt = { page: number, region: null, probability, reasons: reasonsOf(evidence) }
  const more = probability >= thresholds.doubt ? [doubt] : []
  return { closed: [...before, followed(last, number, facts)], doubts: [...doubts, ...more] }
}

/** The documents of a page that holds several end on it. */
const addPieces = ({ closed, doubts }: Progress, split: SplitPage): Progress => ({
  closed: [
    ...closed,
    ...split.own.map(({ piece, probability }) => ({
      pages: [piece.sheet.page],
      region: piece.box,
      facts: null,
      starts: probability,
    })),
  ],
  doubts: [...doubts, ...split.doubts],
})

function addSheet(progress: Progress, sheet: Sheet): Progress {
  const page = wholePage(sheet)
  const split = splitPage(page)
  if (split.own.length > 1) return addPieces(progress, split)
  const added = addPage(progress, page)
  return { ...added, doubts: [...added.doubts, ...split.doubts] }
}

/**
 * Tells which documents a file holds, from the words of its pages: page after page, and on each page band after band, by
 * whether what follows begins another document than what stands before it. Blank pages belong to the document before them,
 * and to none behind a page that holds several. Time grows with the lines, and with the documents of a page up to `mostOnPage`.
 */
export function segment(sheets: readonly Sheet[]): Segments {
  const { closed, doubts } = sheets.reduce<Progress>(addSheet, { closed: [], doubts: [] })
  const segments = closed.map(({ pages, region, starts }, i) => ({
    pages,
    region,
    probability: Math.min(starts, closed[i + 1]?.starts ?? 1),
  }))
  const fullPage = sheets.some(
    ({ page }) =>
      closed.filter(({ pages, region }) => region !== null && pages[0] === page).length >= mostOnPage,
  )
  return {
    segments: segments.slice(0, mostParts),
    doubts,
    isCutShort: fullPage || segments.length > mostParts,
  }
}
