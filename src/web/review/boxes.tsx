import type { ReactNode } from 'react'
import type { JsonPointer } from '../../core/extraction.ts'
import type { Box } from '../../core/geometry.ts'
import { cells, isEdited } from './draft.ts'
import { certaintyOf, type Level } from './certainty.ts'
import { focusField } from './input-id.ts'
import { useWork, type Work } from './work.ts'

interface Placed {
  readonly pointer: JsonPointer
  readonly box: Box
  readonly level: Level
  readonly state: string
}

function stateOf({ active, hovered, stops }: Work, pointer: JsonPointer): string {
  if (active === pointer) return 'active'
  if (hovered === pointer) return 'hovered'
  return stops.includes(pointer) ? 'asks' : ''
}

/** The fields that stand on a page, those that are looked at last, so that they are drawn above the others. */
function placedOn(page: number, work: Work): readonly Placed[] {
  const { original, draft } = work.editor
  const placed = cells(original, draft).flatMap(({ pointer }): Placed[] => {
    const field = work.review.row.fields[pointer]
    if (field?.source?.page !== page) return []
    const { level } = certaintyOf(field, isEdited(draft, pointer))
    return [{ pointer, box: field.source.box, level, state: stateOf(work, pointer) }]
  })
  const ranks = ['', 'asks', 'hovered', 'active']
  return placed.sort((a, b) => ranks.indexOf(a.state) - ranks.indexOf(b.state))
}

interface BoxesProps {
  readonly page: number
  readonly width: number
  readonly height: number
  /** What is being drawn, as fractions of the page. */
  readonly drawn: Box | null
}

/** The box of every field over the picture. Those who do not see it have the form, which says the same. */
export function Boxes({ page, width, height, drawn }: BoxesProps): ReactNode {
  const work = useWork()
  const rect = ([x0, y0, x1, y1]: Box, by: number) => ({
    x: x0 * width - by,
    y: y0 * height - by,
    width: (x1 - x0) * width + 2 * by,
    height: (y1 - y0) * height + 2 * by,
    rx: 2,
  })
  const margin = Math.max(2, width / 300)
  return (
    <svg className="boxes" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {placedOn(page, work).map(({ pointer, box, level, state }) => (
        <rect
          key={pointer}
          {...rect(box, margin)}
          className={`${level} ${state}`}
          onMouseEnter={() => work.setHovered(pointer)}
          onMouseLeave={() => work.setHovered(null)}
          onClick={() => (work.readOnly ? work.setActive(pointer) : focusField(pointer))}
        />
      ))}
      {drawn && <rect {...rect(drawn, 0)} className="drawn" />}
    </svg>
  )
}
