import { useEffect, useRef, useState } from 'react'
import type { Changes, Checked, Review } from '../../contract/review.ts'
import { isAborted, isUnanswered, ServiceError } from '../http/service-error.ts'
import { checkChanges } from '../http/service.ts'
import { movedSince } from './moved.ts'

const pause = 350

/**
 * What the service says of the changes, a moment after the last of them; null while there are none. `moved` takes the
 * document where somebody else has changed it.
 */
export function useCheck(
  review: Review,
  changes: Changes['changes'],
  moved: (now: Review) => void,
): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null)
  const latest = useRef(moved)
  useEffect(() => {
    latest.current = moved
  })
  const key = JSON.stringify(changes)
  useEffect(() => {
    const wanted = JSON.parse(key) as Changes['changes']
    const stop = new AbortController()
    const tell = (error: unknown): void => {
      if (isAborted(error) || isUnanswered(error) || !(error instanceof ServiceError)) return
      setChecked((before) => ({ problem: error.message, flags: before?.flags ?? [] }))
    }
    const refused = (error: unknown): Promise<void> =>
      movedSince(review, error, stop.signal).then((now) => {
        if (!stop.signal.aborted) latest.current(now)
      }, tell)
    const timer = setTimeout(
      () => {
        if (wanted.length === 0) return setChecked(null)
        const asked = { changes: wanted, revision: review.revision }
        void checkChanges(review.job.id, asked, stop.signal).then(setChecked, refused)
      },
      wanted.length === 0 ? 0 : pause,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [review, key])
  return checked
}
