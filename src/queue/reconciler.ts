import { ParallaxError } from '../core/errors.ts'
import type { JobStore } from '../core/jobs.ts'

export interface ReconcilerOptions {
  /** Between two looks, in milliseconds. */
  readonly everyMs: number
  /** How long a key must have been left alone before it is added (again), in milliseconds; default 10 000. */
  readonly olderThanMs?: number
  /** Told of every failure; the next look tries again. */
  readonly onError: (error: unknown) => void
}

export interface Reconciler {
  /** Resolves when the look in hand, if any, is over. */
  stop(): Promise<void>
}

/** Keys of a look: enough to keep workers busy until the next one, few enough to be cheap however long the queue is. */
const atOnce = 500

/** Adds to the queue what the ledger waits for and the queue may have lost. */
export function startReconciler(
  store: Pick<JobStore, 'waiting'>,
  enqueue: (key: string) => Promise<void>,
  { everyMs, olderThanMs = 10_000, onError }: ReconcilerOptions,
): Reconciler {
  const addedAt = new Map<string, number>()
  let stopped = false
  let look = Promise.resolve()
  let timer = setTimeout(tick, everyMs)

  function tick(): void {
    look = addWaiting()
      .catch(onError)
      .then(() => {
        if (!stopped) timer = setTimeout(tick, everyMs)
      })
  }

  async function addWaiting(): Promise<void> {
    const before = Date.now() - olderThanMs
    const keys = await store.waiting(new Date(before).toISOString(), atOnce)
    forgetAllBut(addedAt, new Set(keys))
    for (const key of keys) {
      if (stopped) return
      if ((addedAt.get(key) ?? 0) > before) continue
      if (!(await add(key))) return
    }
  }

  /** False when the queue is away, so that the rest of the keys need not be tried. */
  async function add(key: string): Promise<boolean> {
    try {
      await enqueue(key)
      addedAt.set(key, Date.now())
      return true
    } catch (error) {
      onError(error)
      return !(error instanceof ParallaxError && error.code === 'E_QUEUE_DOWN')
    }
  }

  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await look
    },
  }
}

function forgetAllBut(map: Map<string, unknown>, keys: ReadonlySet<string>): void {
  for (const key of map.keys()) if (!keys.has(key)) map.delete(key)
}
