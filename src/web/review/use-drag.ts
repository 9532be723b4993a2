import { useCallback, useEffect, useRef } from 'react'

export interface Drag {
  move(event: PointerEvent): void
  /** The pointer was let go; not called when the drag was broken off. */
  end?(event: PointerEvent): void
  /** After the end, however it came. */
  after?(): void
}

/** Follows the pointer, wherever it goes, until it is let go. */
export function useDrag(): (drag: Drag) => void {
  const release = useRef<(() => void) | null>(null)
  useEffect(() => () => release.current?.(), [])
  return useCallback(({ move, end, after }) => {
    const stop = (): void => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', finish)
      removeEventListener('pointercancel', stop)
      release.current = null
      after?.()
    }
    const finish = (event: PointerEvent): void => {
      stop()
      end?.(event)
    }
    addEventListener('pointermove', move)
    addEventListener('pointerup', finish)
    addEventListener('pointercancel', stop)
    release.current = stop
  }, [])
}
