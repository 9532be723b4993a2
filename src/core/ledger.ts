import type { KeyStore } from './access.ts'
import type { CallbackStore } from './callbacks.ts'
import type { JobStore } from './job-store.ts'

/** Everything that is kept in one database: jobs, callbacks and API keys. */
export interface Ledger extends JobStore {
  readonly keys: KeyStore
  readonly callbacks: CallbackStore
}
