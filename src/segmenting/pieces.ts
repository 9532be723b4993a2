import { centerY, type Box } from '../core/geometry.ts'
import { toOcrPage } from '../core/text-lines.ts'
import { cutsOf, partedAt, type Cut, type Sheet } from './cuts.ts'
import { evidenceOf, type Evidence } from './evidence.ts'
import { factsOf, lineFactsOf, type Facts, type LineFacts } from './facts.ts'
import { probabilityOf } from './weights.ts'

/** A stretch of a page, with the lines that its words make. */
export interface Piece {
  readonly sheet: Sheet
  readonly lines: readonly LineFacts[]
  /** In fractions of the page as it was read. */
  readonly box: Box
}

/** A band that parts a piece in two, and how likely it parts two documents. */
export interface Parting {
  readonly cut: Cut
  readonly evidence: Evidence
  readonly probability: number
  readonly sides: readonly [Piece, Piece]
}

const readLines = (sheet: Sheet): readonly LineFacts[] => lineFactsOf(toOcrPage(sheet.page, sheet.words))

/** All of a page. */
export const wholePage = (sheet: Sheet): Piece => ({ sheet, lines: readLines(sheet), box: [0, 0, 1, 1] })

export const factsOfPiece = ({ lines }: Piece): Facts => factsOf(lines)

function boxesAt([x0, y0, x1, y1]: Box, { lie, from, to }: Cut): readonly [Box, Box] {
  const middle = (from + to) / 2
  return lie === 'below'
    ? [
        [x0, y0, x1, middle],
        [x0, middle, x1, y1],
      ]
    : [
        [x0, y0, middle, y1],
        [middle, y0, x1, y1],
      ]
}

/** Lines stay whole below each other; beside each other they are made anew of the words of either side. */
function sidesAt(piece: Piece, cut: Cut): readonly [Piece, Piece] {
  const [before, after] = partedAt(piece.sheet, cut)
  const [first, second] = boxesAt(piece.box, cut)
  if (cut.lie === 'beside')
    return [
      { sheet: before, lines: readLines(before), box: first },
      { sheet: after, lines: readLines(after), box: second },
    ]
  const isAbove = ({ line }: LineFacts): boolean => centerY(line.textLine.box) < cut.to
  return [
    { sheet: before, lines: piece.lines.filter(isAbove), box: first },
    { sheet: after, lines: piece.lines.filter((line) => !isAbove(line)), box: second },
  ]
}

/** Every band that may part a piece. */
export function partingsOf(piece: Piece): readonly Parting[] {
  return cutsOf(piece.sheet).map((cut) => {
    const sides = sidesAt(piece, cut)
    const evidence = evidenceOf(factsOfPiece(sides[0]), factsOfPiece(sides[1]), cut.lines)
    return { cut, evidence, sides, probability: probabilityOf(evidence, cut.lie) }
  })
}
