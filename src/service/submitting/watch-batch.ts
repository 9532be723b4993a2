import { setTimeout as delay } from 'node:timers/promises'
import type { BatchAnswer } from '../../contract/jobs.ts'
import type { Batch } from '../../core/jobs.ts'

export type Listener = (answer: BatchAnswer) => void

/** Tells any number of listeners how a batch comes along; looks once for all of them. */
export interface BatchWatch extends Disposable {
  /** Told at once how things stand, then whenever they change. The answer stops it; so does the end of the watch. */
  listen(batch: Batch, tell: Listener, onEnd: (error?: unknown) => void): () => void
}

interface Watched {
  readonly listeners: Map<Listener, (error?: unknown) => void>
  last: BatchAnswer | null
}

export function createBatchWatch(look: (batch: Batch) => Promise<BatchAnswer>, everyMs = 500): BatchWatch {
  const all = new Map<string, Watched>()

  function end(id: string, watched: Watched, error?: unknown): void {
    all.delete(id)
    for (const onEnd of watched.listeners.values()) onEnd(error)
    watched.listeners.clear()
  }

  async function poll(batch: Batch, watched: Watched): Promise<void> {
    while (watched.listeners.size > 0) {
      const answer = await look(batch)
      const isNews = JSON.stringify(answer) !== JSON.stringify(watched.last)
      watched.last = answer
      if (isNews) for (const tell of watched.listeners.keys()) tell(answer)
      if (answer.finished || answer.total === 0) break
      await delay(everyMs)
    }
    end(batch.id, watched)
  }

  function start(batch: Batch): Watched {
    const watched: Watched = { listeners: new Map(), last: null }
    all.set(batch.id, watched)
    void Promise.resolve()
      .then(() => poll(batch, watched))
      .catch((error: unknown) => end(batch.id, watched, error))
    return watched
  }

  return {
    listen(batch, tell, onEnd) {
      const watched = all.get(batch.id) ?? start(batch)
      watched.listeners.set(tell, onEnd)
      if (watched.last) tell(watched.last)
      return () => void watched.listeners.delete(tell)
    },
    [Symbol.dispose]() {
      for (const [id, watched] of all) end(id, watched)
    },
  }
}
