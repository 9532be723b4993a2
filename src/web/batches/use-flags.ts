import { useEffect, useRef, useState } from 'react'
import type { JobAnswer } from '../../contract/jobs.ts'
import type { Flag } from '../../core/extraction-result.ts'
import { isAborted } from '../http/service-error.ts'
import { fetchResult } from '../http/service.ts'

const told = new Set<JobAnswer['status']>(['needs_review'])

/** The flags of documents that wait for a person, by job; what cannot be had stays away. */
export function useFlags(jobs: readonly JobAnswer[]): ReadonlyMap<string, readonly Flag[]> {
  const [flags, setFlags] = useState<ReadonlyMap<string, readonly Flag[]>>(new Map())
  const asked = useRef(new Set<string>())
  const wanted = jobs.filter(({ status }) => told.has(status)).map(({ id }) => id)
  const key = wanted.join(' ')
  useEffect(() => {
    const stop = new AbortController()
    const open = key.split(' ').filter((id) => id !== '' && !asked.current.has(id))
    const worker = async (): Promise<void> => {
      for (let id = open.shift(); id !== undefined; id = open.shift()) {
        const job = id
        const result = await fetchResult(job, stop.signal).catch((error: unknown) => {
          if (isAborted(error)) open.length = 0
          return null
        })
        if (!result) continue
        asked.current.add(job)
        setFlags((map) => new Map(map).set(job, result.flags))
      }
    }
    // Two at a time: the rest of the page needs connections too.
    void Promise.all([worker(), worker()])
    return () => stop.abort()
  }, [key])
  return flags
}
