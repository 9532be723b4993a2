import { statfs } from 'node:fs/promises'
import { ParallaxError } from '../../core/errors.ts'
import type { JobStore } from '../../core/job-store.ts'

export interface AdmissionLimits {
  /** Documents of all tenants that may wait to be read. */
  readonly queued: number
  /** Of those, documents of one tenant. */
  readonly queuedEach: number
  /** Bytes that have to stay free on every disk that is written to. */
  readonly freeBytes: number
}

/** Lets documents in as long as there is room for them. */
export interface Admission {
  /** Rejects as `admit` would for one document, and holds nothing. */
  requireRoom(tenant: string): Promise<void>
  /**
   * Holds room for so many documents of a tenant until what it answers is disposed of, by when they have to be in the ledger.
   * Rejects with E_BUSY while too much waits or the disk is nearly full, and with E_STORAGE when the ledger is away.
   */
  admit(tenant: string, documents: number): Promise<Disposable>
}

/** Looks are not taken more often than this, in milliseconds. */
const freshMs = 1_000

const busy = (why: string): ParallaxError =>
  new ParallaxError('E_BUSY', `${why} Nothing was recorded; send it again later.`)

async function requireDisks(folders: readonly string[], freeBytes: number): Promise<void> {
  for (const folder of folders) {
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize < freeBytes) throw busy('The disk of the service is nearly full.')
  }
}

/** Room that somebody holds, or held when the ledger was counted last. */
interface Hold {
  readonly tenant: string
  readonly documents: number
  releasedAt: number
}

/** What is asked anew at most once in `freshMs`; `at` is when it was asked, by `performance.now()`. */
function askedRarely<T>(ask: () => Promise<T>) {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined
  return () => {
    const at = performance.now()
    if (last === undefined || at - last.at >= freshMs) last = { at, answer: ask() }
    return last
  }
}

function createRoom(store: Pick<JobStore, 'countQueued'>) {
  const holds = new Set<Hold>()
  const counts = new Map<string, ReturnType<typeof askedRarely<number>>>()
  const all = askedRarely(() => store.countQueued())

  const countOf = (tenant: string) => {
    const known = counts.get(tenant) ?? askedRarely(() => store.countQueued(tenant))
    counts.set(tenant, known)
    return known()
  }

  function held(since: number, isCounted: (hold: Hold) => boolean): number {
    let sum = 0
    for (const hold of holds) if (hold.releasedAt >= since && isCounted(hold)) sum += hold.documents
    return sum
  }

  function forget(): void {
    const longAgo = performance.now() - 2 * freshMs
    for (const hold of holds) if (hold.releasedAt < longAgo) holds.delete(hold)
  }

  return {
    async waiting(tenant: string): Promise<Waiting> {
      forget()
      const [inAll, own] = [all(), countOf(tenant)]
      const [countOfAll, countOfOwn] = await Promise.all([inAll.answer, own.answer])
      return {
        all: () => countOfAll + held(inAll.at, () => true),
        own: () => countOfOwn + held(own.at, (hold) => hold.tenant === tenant),
      }
    },
    hold(tenant: string, documents: number): Disposable {
      const hold: Hold = { tenant, documents, releasedAt: Infinity }
      holds.add(hold)
      return { [Symbol.dispose]: () => void (hold.releasedAt = performance.now()) }
    },
  }
}

/** Documents that wait now: those of the ledger, and those that came since it was counted. */
interface Waiting {
  all(): number
  own(): number
}

/** Where documents are kept. */
export interface Storage {
  /** Folders of this machine that are written to. */
  readonly folders: readonly string[]
  /** Rejects with E_STORAGE when what was opened is not there any more. */
  requireThere(): Promise<void>
}

/** Counts what waits by tenant, and looks at the storage, before anything is stored. */
export function createAdmission(
  store: Pick<JobStore, 'countQueued'>,
  { folders, requireThere }: Storage,
  { queued, queuedEach, freeBytes }: AdmissionLimits,
): Admission {
  const room = createRoom(store)
  const disks = askedRarely(() => requireDisks(folders, freeBytes))

  async function look(tenant: string): Promise<Waiting> {
    await requireThere()
    await disks().answer
    return room.waiting(tenant)
  }

  function requireRoom({ all, own }: Waiting, documents: number): void {
    if (own() + documents > queuedEach) throw busy(`${own()} documents wait to be read; ${queuedEach} may.`)
    if (all() + documents > queued) throw busy('Too many documents wait to be read.')
  }

  return {
    requireRoom: async (tenant) => requireRoom(await look(tenant), 1),
    async admit(tenant, documents) {
      // Nothing comes between the check and the hold, so that requests at the same time do not take the same room.
      requireRoom(await look(tenant), documents)
      return room.hold(tenant, documents)
    },
  }
}
