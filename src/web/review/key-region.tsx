import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { Box } from '../../core/geometry.ts'
import { nudge } from './region.ts'

interface KeyRegionProps {
  readonly box: Box
  readonly change: (box: Box) => void
  readonly read: (box: Box) => void
  readonly leave: () => void
}

/** A box that is moved by keys, for reading what stands in it. */
export function KeyRegion({ box, change, read, leave }: KeyRegionProps): ReactNode {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => region.current?.focus(), [])
  const press = (event: KeyboardEvent): void => {
    const moved = nudge(box, event.key, event.shiftKey)
    if (moved) change(moved)
    else if (event.key === 'Enter') read(box)
    else if (event.key === 'Escape') leave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const percent = (v: number): string => `${v * 100}%`
  return (
    <div
      ref={region}
      className="key-region"
      tabIndex={0}
      role="group"
      aria-label="Region to read. Arrows move it, Shift with arrows sizes it, Enter reads it, Escape leaves."
      onKeyDown={press}
      onBlur={leave}
      style={{
        left: percent(box[0]),
        top: percent(box[1]),
        width: percent(box[2] - box[0]),
        height: percent(box[3] - box[1]),
      }}
    />
  )
}
