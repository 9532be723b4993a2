import type { Word } from '../../core/document.ts'
import { centerX, hull, type Box } from '../../core/geometry.ts'
import type { Placed } from './heading.ts'
import type { Cell } from './sheet.ts'

/** How far a box is from a heading across the page; nothing where one stands over the other. */
function far(heading: Box, box: Box): number {
  const apart = Math.max(0, heading[0] - box[2], box[0] - heading[2])
  return apart > 0 ? 1 + apart : Math.abs(centerX(heading) - centerX(box)) / 10
}

const nearest = (placed: readonly Placed[], box: Box): Placed =>
  placed.reduce((a, b) => (far(b.box, box) < far(a.box, box) ? b : a))

/** A text belongs to one column as a whole; numbers that stand close together may be of several. */
export function dealt(
  cells: readonly Cell[],
  placed: readonly Placed[],
): ReadonlyMap<Placed, readonly Word[]> {
  const parts = cells.flatMap(({ words, box }) => {
    const under = placed.filter((p) => p.box[0] < box[2] && box[0] < p.box[2])
    if (under.length < 2) return [{ words, box }]
    const tail = words.findIndex((_, i) =>
      words.slice(i).every(({ text }) => /^[^\p{L}]*\d[^\p{L}]*$/u.test(text)),
    )
    if (tail < 0) return [{ words, box }]
    const head = words.slice(0, tail)
    return [
      ...(head.length > 0 ? [{ words: head, box: hull(head.map((w) => w.box)) }] : []),
      ...words.slice(tail).map((word) => ({ words: [word], box: word.box })),
    ]
  })
  const byColumn = new Map<Placed, readonly Word[]>()
  for (const { words, box } of parts) {
    const column = nearest(placed, box)
    byColumn.set(column, [...(byColumn.get(column) ?? []), ...words])
  }
  return byColumn
}
