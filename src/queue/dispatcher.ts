import { setTimeout as delay } from 'node:timers/promises'
import type { JobStore } from '../core/job-store.ts'
import type { QueueContents } from '../core/job-queue.ts'
import { leaseMs } from '../core/jobs.ts'
import { tellOnce } from '../timing/tell-once.ts'
import { inTurn } from './fair-turns.ts'

export interface DispatcherOptions {
  /** Keys that the queue holds for workers to take; what is more waits in the ledger for its turn. */
  readonly room: number
  /** Between two looks, in milliseconds, unless somebody wakes it. */
  readonly everyMs: number
  /** Told of what went wrong, once until something else does or all is well again; the next look tries again. */
  readonly onError: (error: unknown) => void
  /** After which a key that was added is added again where it still waits, in milliseconds; default 5 000. */
  readonly againAfterMs?: number
}

/** The queue as the dispatcher sees it. */
export interface DispatchQueue {
  enqueue(key: string, rank?: number): Promise<void>
  contents(): Promise<QueueContents>
}

export interface Dispatcher {
  /** Has it look at once: something waits, or there is room. */
  wake(): void
  /** The queue was away and may have lost what it held: nothing counts as added any more. */
  startOver(): void
  /** Resolves when the look in hand, if any, is over. */
  stop(): Promise<void>
}

/** Keys of abandoned work that one look gives out. */
const abandonedAtOnce = 100

/** After a look that added nothing, however often it is woken, in milliseconds: while submissions pour in, few find room. */
const pauseMs = 50

/** When what was last done, of the last `forMs` milliseconds. */
function recently(forMs: number) {
  const times = new Map<string, number>()
  return {
    has: (key: string): boolean => Date.now() - (times.get(key) ?? -Infinity) < forMs,
    add: (key: string): void => void times.set(key, Date.now()),
    forgetOld(): void {
      for (const [key, at] of times) if (Date.now() - at >= forMs) times.delete(key)
    },
    clear: (): void => times.clear(),
  }
}

type Added = ReturnType<typeof recently>

/** Adds what a dead worker had in hand, whatever waits. */
async function addAbandoned(
  store: Pick<JobStore, 'abandoned'>,
  queue: DispatchQueue,
  added: Added,
): Promise<void> {
  const before = new Date(Date.now() - leaseMs).toISOString()
  for (const key of await store.abandoned(before, abandonedAtOnce)) {
    if (added.has(key)) continue
    await queue.enqueue(key)
    added.add(key)
  }
}

/** Adds what waits in the ledger, tenants by turns, as far as there is room; answers how much. */
async function addNext(
  store: Pick<JobStore, 'turns'>,
  queue: DispatchQueue,
  room: number,
  added: Added,
  turnOf: Map<string, number>,
): Promise<number> {
  const contents = await queue.contents()
  const free = room - contents.waiting.length
  if (free <= 0) return 0
  const turns = await store.turns(contents.waiting.length + contents.taken.length + 2 * room)
  const fresh = turns.map((turn) => ({
    ...turn,
    keys: turn.keys.filter((key) => contents.waiting.includes(key) || !added.has(key)),
  }))
  const next = inTurn(fresh, contents, free, (one) => turnOf.get(one) ?? 0)
  for (const { tenant, key, rank } of next) {
    await queue.enqueue(key, rank)
    added.add(key)
    turnOf.set(tenant, performance.now())
  }
  return next.length
}

/** Sleeps for so long, or until it is woken; not at all where it was woken meanwhile. */
function sleeper(forMs: number) {
  let isWoken = false
  let rouse = new AbortController()
  return {
    async sleep(): Promise<void> {
      if (!isWoken) {
        rouse = new AbortController()
        await delay(forMs, undefined, { signal: rouse.signal }).catch(() => {})
      }
      isWoken = false
    },
    wake(): void {
      isWoken = true
      rouse.abort()
    },
  }
}

/** Keeps the queue supplied from the ledger until it is stopped. Several may do so side by side, in any process. */
export function startDispatcher(
  store: Pick<JobStore, 'turns' | 'abandoned'>,
  queue: DispatchQueue,
  { room, everyMs, onError, againAfterMs = 5_000 }: DispatcherOptions,
): Dispatcher {
  const stopping = new AbortController()
  const { signal } = stopping
  const added = recently(againAfterMs)
  const abandoned = recently(everyMs)
  const turnOf = new Map<string, number>()
  const trouble = tellOnce(onError)
  const { sleep, wake } = sleeper(everyMs)

  async function look(): Promise<number> {
    try {
      added.forgetOld()
      if (!abandoned.has('looked for')) await addAbandoned(store, queue, added)
      abandoned.add('looked for')
      const count = await addNext(store, queue, room, added, turnOf)
      trouble.over()
      return count
    } catch (error) {
      trouble.tell(error)
      return 0
    }
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      if ((await look()) === 0) await delay(pauseMs, undefined, { signal }).catch(() => {})
      await sleep()
    }
  }

  const ended = loop()
  return {
    wake,
    startOver() {
      added.clear()
      wake()
    },
    async stop() {
      stopping.abort()
      wake()
      await ended
    },
  }
}
