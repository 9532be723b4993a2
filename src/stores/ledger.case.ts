import { afterEach, beforeEach, expect } from 'vitest'
import type { Lease, Job } from '../core/jobs.ts'
import type { Ledger } from '../core/ledger.ts'
import { sampleResult, sampleWork } from './samples.case.ts'

/** Opens an empty ledger. */
export type OpenLedger = () => Promise<Ledger>

export interface TestLedger {
  /** A new one for every test, with the open batch `b`. */
  readonly store: Ledger
  /** A file of the batch `b`. */
  submit(position: number, key: string): Promise<Job>
  /** Whoever may hold it. */
  mustLease(key: string): Promise<Lease>
  /** Reads the work of a key, with this end. */
  end(
    key: string,
    status: 'accepted' | 'needs_review' | 'failed' | 'quarantined',
    reviewPriority?: number,
  ): Promise<void>
  statusOf(id: string): Promise<string | undefined>
}

export const failedResult = sampleResult({
  verdict: 'failed',
  data: null,
  fields: {},
  error: { code: 'E_CORRUPT', message: 'The image is damaged.', retryable: false },
})

export const failedAttempt = {
  path: 'direct',
  ok: false,
  error: { code: 'E_ENGINE', message: 'It failed.', retryable: false },
  ms: 3,
} as const

export const code = (expected: string): unknown =>
  expect.objectContaining({ name: 'ParallaxError', code: expected })

/** A time to come. */
export const later = (): string => new Date(Date.now() + 60_000).toISOString()
export const earlier = (): string => new Date(Date.now() - 60_000).toISOString()

/** Until the clock of the ledger, which has milliseconds, shows another time. */
export const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

/** Gives every test of the `describe` it is called in an empty ledger. */
export function testLedger(open: OpenLedger): TestLedger {
  let store: Ledger
  beforeEach(async () => {
    store = await open()
    await store.openBatch('b')
  })
  afterEach(() => store.close())

  const mustLease = async (key: string): Promise<Lease> => {
    const lease = await store.lease(key, later())
    if (!lease) throw new Error(`nobody waits for ${key}`)
    return lease
  }
  return {
    get store() {
      return store
    },
    submit: (position, key) => store.submit('b', position, `${position}.png`, sampleWork(key)),
    mustLease,
    async end(key, status, reviewPriority) {
      const { token } = await mustLease(key)
      const result = status === 'accepted' || status === 'needs_review' ? sampleResult() : failedResult
      expect(await store.finish(key, token, status, result, reviewPriority)).toBe(true)
    },
    statusOf: async (id) => (await store.get(id))?.status,
  }
}
