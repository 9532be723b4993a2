/** What a queue holds of one kind of job. */
export interface QueueContents {
  /** Keys that wait for a worker. */
  readonly waiting: readonly string[]
  /** Keys that a worker is working on, or that are about to be retried. */
  readonly taken: readonly string[]
}

/** Hands keys to workers. May lose them: the ledger and its dispatchers are what promises delivery. */
export interface JobQueue<Name extends string, Payloads extends Record<Name, unknown>> {
  /** Those of a lower `rank` are taken first, from 1; without one before all of them. */
  enqueue<N extends Name>(name: N, payload: Payloads[N], rank?: number): Promise<void>
  contents(name: Name): Promise<QueueContents>
  close(): Promise<void>
}
