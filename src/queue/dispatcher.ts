import { setTimeout as delay } from 'node:timers/promises'
import { claimMs, type JobStore, type QueueContents } from '../core/jobs.ts'
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

/** Tells a trouble once, until there is another one or it is over. */
function tellOnce(tell: (error: unknown) => void) {
  let told = ''
  return {
    tell(error: unknown): void {
      const text = String(error)
      if (text !== told) tell(error)
      told = text
    },
    over(): void {
      told = ''
    },
  }
}

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

/** Adds to the queue what waits in the ledger, tenants by turns, as far as there is room; and what a dead worker had in hand. */
async function look(
  store: Pick<JobStore, 'turns' | 'abandoned'>,
  queue: DispatchQueue,
  room: number,
  added: ReturnType<typeof recently>,
  turnOf: Map<string, number>,
): Promise<void> {
  const add = async (key: string, rank?: number): Promise<void> => {
    await queue.enqueue(key, rank)
    added.add(key)
  }
  added.forgetOld()
  const before = new Date(Date.now() - claimMs).toISOString()
  for (const key of await store.abandoned(before, abandonedAtOnce)) if (!added.has(key)) await add(key)
  const contents = await queue.contents()
  const free = room - contents.waiting.length
  if (free <= 0) return
  const turns = await store.turns(contents.waiting.length + contents.taken.length + 2 * room)
  const fresh = turns.map((turn) => ({
    ...turn,
    keys: turn.keys.filter((key) => contents.waiting.includes(key) || !added.has(key)),
  }))
  for (const { tenant, key, rank } of inTurn(fresh, contents, free, (one) => turnOf.get(one) ?? 0)) {
    await add(key, rank)
    turnOf.set(tenant, performance.now())
  }
}

/** Keeps the queue supplied from the ledger until it is stopped. Several may do so side by side, in any process. */
export function startDispatcher(
  store: Pick<JobStore, 'turns' | 'abandoned'>,
  queue: DispatchQueue,
  { room, everyMs, onError, againAfterMs = 5_000 }: DispatcherOptions,
): Dispatcher {
  const stopping = new AbortController()
  const added = recently(againAfterMs)
  const turnOf = new Map<string, number>()
  const trouble = tellOnce(onError)
  let isWanted = true
  let rouse = new AbortController()

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (!isWanted) await rest()
      isWanted = false
      await look(store, queue, room, added, turnOf).then(trouble.over, trouble.tell)
    }
  }

  async function rest(): Promise<void> {
    rouse = new AbortController()
    await delay(everyMs, undefined, { signal: rouse.signal }).catch(() => {})
  }

  const wake = (): void => {
    isWanted = true
    rouse.abort()
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
      rouse.abort()
      await ended
    },
  }
}
