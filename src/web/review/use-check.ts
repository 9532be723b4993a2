import { useEffect, useState } from 'react'
import type { Changes, Checked } from '../../contract/review.ts'
import { isAborted, isUnanswered, ServiceError } from '../http/service-error.ts'
import { checkChanges } from '../http/service.ts'

const pause = 350

/** What the service says of the changes, a moment after the last of them; null while there are none. */
export function useCheck(job: string, changes: Changes['changes']): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null)
  const key = JSON.stringify(changes)
  useEffect(() => {
    const wanted = JSON.parse(key) as Changes['changes']
    const stop = new AbortController()
    const timer = setTimeout(
      () => {
        if (wanted.length === 0) return setChecked(null)
        checkChanges(job, { changes: wanted }, stop.signal).then(setChecked, (error: unknown) => {
          if (isAborted(error) || isUnanswered(error) || !(error instanceof ServiceError)) return
          setChecked((before) => ({ problem: error.message, flags: before?.flags ?? [] }))
        })
      },
      wanted.length === 0 ? 0 : pause,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [job, key])
  return checked
}
