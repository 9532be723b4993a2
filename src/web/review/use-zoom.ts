import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { Box } from '../../core/geometry.ts'
import { clampScale, firstScale, reveal, wheelFactor } from './zoom.ts'

type Element = RefObject<HTMLDivElement | null>

/** A point of the sheet (as fractions) that is to stay at a point of the view (in pixels). */
interface Anchor {
  readonly sheet: readonly [number, number]
  readonly view: readonly [number, number]
}

export interface Zoom {
  /** 1 is as wide as the view. */
  readonly scale: number
  /** About the middle of the view. */
  by(factor: number): void
  fit(): void
  /** Scrolls until a box is in view. */
  show(box: Box): void
}

const anchorAt = (view: HTMLElement, sheet: HTMLElement, x: number, y: number): Anchor => ({
  sheet: [
    (view.scrollLeft + x - sheet.offsetLeft) / sheet.offsetWidth,
    (view.scrollTop + y - sheet.offsetTop) / sheet.offsetHeight,
  ],
  view: [x, y],
})

function scrollTo(view: HTMLElement, sheet: HTMLElement, [x0, y0, x1, y1]: Box): void {
  const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = sheet
  const [left, right] = [offsetLeft + x0 * offsetWidth, offsetLeft + x1 * offsetWidth]
  const [top, bottom] = [offsetTop + y0 * offsetHeight, offsetTop + y1 * offsetHeight]
  view.scrollTo({
    left: reveal(view.scrollLeft, view.clientWidth, left, right),
    top: reveal(view.scrollTop, view.clientHeight, top, bottom),
    behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
  })
}

function useWheel(view: Element, zoom: (factor: number, x: number, y: number) => void): void {
  useEffect(() => {
    const element = view.current
    const turn = (event: WheelEvent): void => {
      if (event.shiftKey || !element) return
      event.preventDefault()
      const { left, top } = element.getBoundingClientRect()
      const pixels = event.deltaY * (event.deltaMode === 0 ? 1 : 30)
      zoom(wheelFactor(pixels), event.clientX - left, event.clientY - top)
    }
    // React listens to the wheel passively, where the page would scroll as well.
    element?.addEventListener('wheel', turn, { passive: false })
    return () => element?.removeEventListener('wheel', turn)
  }, [view, zoom])
}

/** Zooming and scrolling of a sheet in a view; `pageWidth` in pixels of the picture. */
export function useZoom(view: Element, sheet: Element, pageWidth: number): Zoom {
  const anchor = useRef<Anchor | null>(null)
  const [scale, setScale] = useState(1)

  useLayoutEffect(() => setScale(firstScale(pageWidth, view.current?.clientWidth ?? 0)), [view, pageWidth])

  const by = useCallback(
    (factor: number, x?: number, y?: number) => {
      const [v, s] = [view.current, sheet.current]
      if (!v || !s) return
      anchor.current = anchorAt(v, s, x ?? v.clientWidth / 2, y ?? v.clientHeight / 2)
      setScale((before) => clampScale(before * factor))
    },
    [view, sheet],
  )
  useWheel(view, by)

  useLayoutEffect(() => {
    const [v, s, kept] = [view.current, sheet.current, anchor.current]
    if (!v || !s || !kept) return
    v.scrollLeft = s.offsetLeft + kept.sheet[0] * s.offsetWidth - kept.view[0]
    v.scrollTop = s.offsetTop + kept.sheet[1] * s.offsetHeight - kept.view[1]
  }, [view, sheet, scale])

  const show = useCallback(
    (box: Box) => {
      if (view.current && sheet.current) scrollTo(view.current, sheet.current, box)
    },
    [view, sheet],
  )
  return { scale, by, fit: () => by(1 / scale), show }
}
