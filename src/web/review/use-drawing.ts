import { useState, type PointerEvent, type RefObject } from 'react'
import type { Box } from '../../core/geometry.ts'
import { boxBetween, isReadable } from './region.ts'
import { useDrag } from './use-drag.ts'

export interface Drawing {
  /** The box as far as it is drawn. */
  readonly box: Box | null
  readonly onPointerDown: (event: PointerEvent) => void
}

interface Options {
  readonly view: RefObject<HTMLDivElement | null>
  readonly sheet: RefObject<HTMLDivElement | null>
  /** Whether a drag draws; else it moves the page, unless Shift is held. */
  readonly draws: boolean
  /** Whether nothing is drawn at all. */
  readonly readOnly: boolean
  readonly drawn: (box: Box) => void
}

interface Place {
  readonly clientX: number
  readonly clientY: number
}

/** A pointer on the page: it moves the page, or draws a box on it. */
export function useDrawing({ view, sheet, draws, readOnly, drawn }: Options): Drawing {
  const [box, setBox] = useState<Box | null>(null)
  const drag = useDrag()

  const draw = (start: Place, paper: HTMLElement): void => {
    const place = ({ clientX, clientY }: Place): [number, number] => {
      const { left, top, width, height } = paper.getBoundingClientRect()
      return [(clientX - left) / width, (clientY - top) / height]
    }
    const from = place(start)
    const end = (event: Place): void => {
      const region = boxBetween(from, place(event))
      if (isReadable(region)) drawn(region)
    }
    drag({ move: (event) => setBox(boxBetween(from, place(event))), end, after: () => setBox(null) })
  }

  const pan = ({ clientX, clientY }: Place, scrolled: HTMLElement): void => {
    const { scrollLeft, scrollTop } = scrolled
    drag({
      move: (to) => scrolled.scrollTo(scrollLeft - to.clientX + clientX, scrollTop - to.clientY + clientY),
    })
  }

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !view.current || !sheet.current) return
    const drawing = !readOnly && (draws || event.shiftKey)
    // A finger scrolls by itself.
    if (!drawing && event.pointerType === 'touch') return
    event.preventDefault()
    if (drawing) draw(event, sheet.current)
    else pan(event, view.current)
  }
  return { box, onPointerDown }
}
