import { hull, type Box } from '../../core/geometry.ts'
import type { ValueParser } from '../parsers.ts'
import type { Kind } from './kinds.ts'
import type { Occurrence } from './occurrences.ts'
import type { Wording } from './question.ts'
import { textOf, type Cell } from './sheet.ts'

export interface HeadedColumn {
  readonly wordings: readonly Wording[]
  readonly kind: Kind
  readonly parse: ValueParser
}
export type HeadedColumns = Readonly<Record<string, HeadedColumn>>

/** A column as it stands on the page: of the list, or another that nobody asks for. */
export interface Placed {
  readonly key: string | null
  readonly box: Box
  readonly strength: number
}

const boxOf = (cell: Cell, { from, to }: Occurrence): Box =>
  hull(cell.words.slice(from, to).map((w) => w.box))

interface Match {
  readonly key: string
  readonly cell: number
  readonly box: Box
  readonly strength: number
}

function matchesOn(
  cells: readonly Cell[],
  captions: readonly Occurrence[],
  columns: HeadedColumns,
): readonly Match[] {
  return Object.entries(columns)
    .flatMap(([key, { wordings }]) =>
      captions.flatMap((at) => {
        const wording = wordings.find(({ spelled }) => spelled === at.spelled)
        return wording
          ? [{ key, cell: at.cell, box: boxOf(cells[at.cell]!, at), strength: wording.strength }]
          : []
      }),
    )
    .sort((a, b) => b.strength - a.strength)
}

/** The columns whose headings stand on a row, each heading once and each column once: the surest first. */
export function placedOn(
  cells: readonly Cell[],
  captions: readonly Occurrence[],
  columns: HeadedColumns,
): readonly Placed[] {
  const taken: Match[] = []
  for (const match of matchesOn(cells, captions, columns))
    if (!taken.some(({ key, box }) => key === match.key || (box[0] < match.box[2] && match.box[0] < box[2])))
      taken.push(match)
  const others = cells
    .filter((cell, i) => !taken.some((match) => match.cell === i) && /\p{L}/u.test(textOf(cell.words)))
    .map(({ box }) => ({ key: null, box, strength: 0 }))
  return [...taken, ...others].sort((a, b) => a.box[0] - b.box[0])
}
