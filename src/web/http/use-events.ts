import { useEffect, useRef } from 'react'
import { batchSchema, type BatchAnswer } from '../../contract/jobs.ts'
import { batchEvents } from './service.ts'

/** Calls with every change of these batches until they have finished. A browser opens few connections: give few ids. */
export function useBatchEvents(ids: readonly string[], changed: (batch: BatchAnswer) => void): void {
  const latest = useRef(changed)
  useEffect(() => {
    latest.current = changed
  })
  const key = ids.join(' ')
  useEffect(() => {
    const sources = key
      .split(' ')
      .filter(Boolean)
      .map((id) => follow(id, (batch) => latest.current(batch)))
    return () => sources.forEach((source) => source.close())
  }, [key])
}

function follow(id: string, changed: (batch: BatchAnswer) => void): EventSource {
  const source = new EventSource(batchEvents(id))
  const take = ({ data }: MessageEvent<unknown>): void => {
    const parsed = batchSchema.safeParse(jsonOf(String(data)))
    if (parsed.success) changed(parsed.data)
  }
  source.addEventListener('progress', take)
  source.addEventListener('finished', (event) => {
    take(event)
    source.close()
  })
  return source
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
