import { ParallaxError } from '../../core/errors.ts'
import type { JobStore } from '../../core/job-store.ts'
import { leaseMs, type Lease } from '../../core/jobs.ts'

/** Between two renewals: a lease outlives some that come late. */
export const renewMs = leaseMs / 4

/**
 * Does `work` while its lease is renewed. Its signal is aborted once the lease is lost or nobody waits for the work any more;
 * the answer is then null, whatever became of it.
 */
export async function holdingLease<T>(
  store: Pick<JobStore, 'renew'>,
  { key, token }: Pick<Lease, 'key' | 'token'>,
  everyMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const unwanted = new AbortController()
  let timer = setTimeout(beat, everyMs)
  let isOver = false
  const mistakes: unknown[] = []
  let beating = Promise.resolve()

  function beat(): void {
    beating = renew().then(() => {
      if (!isOver && !unwanted.signal.aborted) timer = setTimeout(beat, everyMs)
    })
  }

  async function renew(): Promise<void> {
    try {
      if (!(await store.renew(key, token))) unwanted.abort()
    } catch (error) {
      // A ledger that is away may be back before the lease runs out.
      if (error instanceof ParallaxError && error.code === 'E_STORAGE') return
      mistakes.push(error)
      unwanted.abort()
    }
  }

  try {
    const done = await work(unwanted.signal)
    if (!unwanted.signal.aborted) return done
  } catch (error) {
    if (!unwanted.signal.aborted) throw error
  } finally {
    isOver = true
    clearTimeout(timer)
    await beating
  }
  if (mistakes.length > 0) throw mistakes[0]
  return null
}
