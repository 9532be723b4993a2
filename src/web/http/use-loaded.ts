import { useCallback, useEffect, useRef, useState } from 'react'
import { useStore } from '../shell/store.ts'
import { connection } from './connection.ts'
import { isAborted, isUnanswered } from './service-error.ts'

/** What was asked for; an earlier value stays while it is asked for again. */
export interface Loaded<T> {
  readonly value: T | null
  readonly error: unknown
  reload(): void
  /** Takes what was learned elsewhere, for example from an event. */
  put(value: T): void
}

/** Asks on mount, whenever `load` changes, and again once the service is back after it was away. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [round, setRound] = useState(0)
  const there = useStore(connection) === 'there'
  const waits = useRef(false)
  const reload = useCallback(() => setRound((n) => n + 1), [])

  useEffect(() => {
    const stop = new AbortController()
    load(stop.signal).then(
      (answer) => {
        setValue(answer)
        setError(null)
      },
      (reason: unknown) => {
        if (isAborted(reason) || stop.signal.aborted) return
        waits.current = isUnanswered(reason)
        setError(reason)
      },
    )
    return () => stop.abort()
  }, [load, round])

  useEffect(() => {
    if (!there || !waits.current) return
    waits.current = false
    reload()
  }, [there, reload])

  return { value, error, reload, put: setValue }
}
