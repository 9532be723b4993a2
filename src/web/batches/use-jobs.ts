import { useCallback, useEffect, useRef, useState } from 'react'
import type { JobPage, ListedJob } from '../../contract/jobs.ts'
import { fetchJobs, type ListFilter } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'

export interface Jobs {
  /** Null until the first answer. */
  readonly items: readonly ListedJob[] | null
  readonly error: unknown
  readonly hasMore: boolean
  reload(): void
  more(): void
}

async function pages(
  batch: string,
  filter: ListFilter,
  count: number,
  signal: AbortSignal,
): Promise<JobPage> {
  const items: ListedJob[] = []
  let next: string | null = null
  for (let page = 0; page < count; page++) {
    const answer: JobPage = await fetchJobs(batch, filter, next, signal)
    items.push(...answer.items)
    next = answer.next
    if (next === null) break
  }
  return { items, next }
}

const between = 700

/** The documents of a batch; asked anew, but not all the time, when `version` says that something has changed. */
export function useJobs(batch: string, filter: ListFilter, version: string): Jobs {
  const [count, setCount] = useState(1)
  const load = useCallback(
    (signal: AbortSignal) => pages(batch, filter, count, signal),
    [batch, filter, count],
  )
  const { value, error, reload } = useLoaded(load)
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    const timer = setTimeout(reload, between)
    return () => clearTimeout(timer)
  }, [version, reload])
  return {
    items: value?.items ?? null,
    error,
    hasMore: value?.next != null,
    reload,
    more: () => setCount((n) => n + 1),
  }
}
