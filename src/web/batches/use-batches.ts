import { useCallback, useEffect, useState } from 'react'
import type { BatchAnswer } from '../../contract/jobs.ts'
import { fetchBatches, type ListFilter } from '../http/service.ts'
import { useBatchEvents } from '../http/use-events.ts'
import { useLoaded } from '../http/use-loaded.ts'

export interface Batches {
  /** Null until the first answer. */
  readonly items: readonly BatchAnswer[] | null
  readonly error: unknown
  readonly hasMore: boolean
  reload(): void
  more(): Promise<void>
}

/** What was asked for beyond the first. */
interface Rest {
  readonly filter: ListFilter
  readonly items: readonly BatchAnswer[]
  readonly next: string | null
}

/** A browser keeps six connections to a service; events take some of them. */
const followed = 3

/** The batches, the newest first, as they are now. */
export function useBatches(filter: ListFilter): Batches {
  const first = useLoaded(useCallback((signal: AbortSignal) => fetchBatches(filter, null, signal), [filter]))
  const [later, setRest] = useState<Rest | null>(null)
  const rest = later?.filter === filter ? later : null
  const [fresh, setFresh] = useState<ReadonlyMap<string, BatchAnswer>>(new Map())
  const listed = first.value ? [...first.value.items, ...(rest?.items ?? [])] : null
  const items = listed?.map((batch) => fresh.get(batch.id) ?? batch) ?? null
  const unfinished = items?.filter(({ finished }) => !finished).map(({ id }) => id) ?? []
  const { reload: ask } = first
  const reload = useCallback(() => {
    setFresh(new Map())
    ask()
  }, [ask])
  useBatchEvents(unfinished.slice(0, followed), (batch) =>
    setFresh((map) => new Map(map).set(batch.id, batch)),
  )
  useReload(reload, unfinished.length > followed)
  const next = rest ? rest.next : (first.value?.next ?? null)
  const more = async (): Promise<void> => {
    const page = await fetchBatches(filter, next)
    setRest({ filter, items: [...(rest?.items ?? []), ...page.items], next: page.next })
  }
  return { items, error: first.error, hasMore: next !== null, reload, more }
}

/** Asks again when the page is looked at again, and now and then while there is more to see than events tell. */
function useReload(reload: () => void, often: boolean): void {
  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) reload()
    }
    document.addEventListener('visibilitychange', look)
    const timer = often ? setInterval(look, 4_000) : null
    return () => {
      document.removeEventListener('visibilitychange', look)
      if (timer) clearInterval(timer)
    }
  }, [reload, often])
}
