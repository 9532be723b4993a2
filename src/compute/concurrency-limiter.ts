import { ParallaxError } from '../core/errors.ts'

export interface ConcurrencyLimits {
  /** Who may be inside at the same time. */
  readonly atOnce: number
  /** Of those, for one tenant. */
  readonly atOnceEach: number
  /** Who may wait. */
  readonly waiting: number
  /** Of those, for one tenant. */
  readonly waitingEach: number
  /** What is said to those who may not. */
  readonly refusal: string
}

/** Lets a few do their work at a time, tenants by turns, and sends away who would wait too long. */
export interface ConcurrencyLimiter {
  /** Does the work when it is its turn; rejects with E_BUSY at once when too many wait, and with the signal's reason on abort. */
  run<T>(tenant: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Throws E_BUSY where `run` would now. */
  requireRoom(tenant: string): void
}

/** Numbers by tenant. */
function createCounts() {
  const counts = new Map<string, number>()
  const of = (tenant: string): number => counts.get(tenant) ?? 0
  return {
    of,
    all: (): number => [...counts.values()].reduce((a, b) => a + b, 0),
    change(tenant: string, by: 1 | -1): void {
      const now = of(tenant) + by
      if (now > 0) counts.set(tenant, now)
      else counts.delete(tenant)
    },
  }
}

type Enter = () => void

/** Who waits, by tenant; the tenant whose turn is next comes first. */
function createQueues() {
  const queues = new Map<string, readonly Enter[]>()
  const of = (tenant: string): readonly Enter[] => queues.get(tenant) ?? []
  const set = (tenant: string, queue: readonly Enter[]): void => {
    if (queue.length > 0) queues.set(tenant, queue)
    else queues.delete(tenant)
  }
  return {
    waiting: (tenant: string): number => of(tenant).length,
    all: (): number => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
    join: (tenant: string, enter: Enter): void => set(tenant, [...of(tenant), enter]),
    leave(tenant: string, enter: Enter): void {
      set(
        tenant,
        of(tenant).filter((one) => one !== enter),
      )
    },
    /** The first of the next tenant that may; that tenant then comes last. */
    next(may: (tenant: string) => boolean): { readonly tenant: string; readonly enter: Enter } | null {
      for (const [tenant, [enter, ...others]] of queues) {
        if (!may(tenant)) continue
        queues.delete(tenant)
        set(tenant, others)
        return { tenant, enter: enter! }
      }
      return null
    },
  }
}

/** A limiter with nobody inside. */
export function createConcurrencyLimiter(limits: ConcurrencyLimits): ConcurrencyLimiter {
  const { atOnce, atOnceEach, waiting, waitingEach, refusal } = limits
  const inside = createCounts()
  const queues = createQueues()
  const mayEnter = (tenant: string): boolean => inside.of(tenant) < atOnceEach && inside.all() < atOnce

  function admitNext(): void {
    const next = queues.next(mayEnter)
    if (!next) return
    inside.change(next.tenant, 1)
    next.enter()
  }

  function requireRoom(tenant: string): void {
    if (mayEnter(tenant)) return
    if (queues.all() >= waiting || queues.waiting(tenant) >= waitingEach)
      throw new ParallaxError('E_BUSY', refusal)
  }

  const wait = (tenant: string, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = () => {
        queues.leave(tenant, enter)
        reject(signal?.reason)
      }
      const enter = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      queues.join(tenant, enter)
      signal?.addEventListener('abort', leave, { once: true })
    })

  return {
    requireRoom,
    async run(tenant, work, signal) {
      signal?.throwIfAborted()
      requireRoom(tenant)
      if (mayEnter(tenant)) inside.change(tenant, 1)
      else await wait(tenant, signal)
      try {
        return await work()
      } finally {
        inside.change(tenant, -1)
        admitNext()
      }
    },
  }
}
