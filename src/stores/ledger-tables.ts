import type { Kysely, Transaction } from 'kysely'

/** The ledger's tables; times are ISO 8601 in UTC, JSON is text. */
export interface LedgerTables {
  batches: {
    /** See `sealOf`. */
    seal: string
    id: string
    tenant: string
    callback: string | null
    request: string | null
    priority: number
    name: string | null
    reference: string | null
    /** JSON. */
    metadata: string | null
    /** When at the earliest to say that its jobs have ended; null without a callback, and once it is settled. */
    callback_due_at: string | null
    callback_attempts: number
    callback_settled_at: string | null
    /** 1 where something has changed since it was taken to be told, so that it is to be told again. */
    callback_again: number
    /** Why it was given up. */
    callback_failure: string | null
    created_at: string
  }
  works: {
    seal: string
    key: string
    blob: string
    type_name: string
    type_file: string | null
    type_hash: string
    route: string
    ocr: string
    vlm: string
    pipeline: string
    templates: string | null
    /** JSON of how sure the type is, where the document's words told it. */
    type_told: string | null
    token: string | null
    /** What was read before reprocessing; null before, and after the end. */
    attempts: string | null
    /** See `sealOfAttempts`; null without attempts. */
    attempts_seal: string | null
    deaths: number
    /** The job that was the last to start anew under another key; what it leaves is forgotten with it. */
    left_by: string | null
    /** Null once there is a result, so that the index on it holds what waits and little else. */
    touched_at: string | null
  }
  results: {
    seal: string
    key: string
    status: string
    error: string | null
    urgency: number
    result: string
    created_at: string
  }
  jobs: {
    seal: string
    id: string
    batch_id: string
    /** Of its batch, as is the next: so that an index lists jobs in order. */
    tenant: string
    opened_at: string
    /** Of its batch, until somebody asks for it anew. */
    priority: number
    position: number
    file: string
    key: string
    status: string
    error: string | null
    urgency: number
    /** How often reviewers have skipped it. */
    skipped: number
    held_by: string | null
    held_until: string | null
    reviewed_by: string | null
    /** JSON; null unless it was rejected. */
    rejection: string | null
    created_at: string
    updated_at: string
  }
  corrections: {
    seal: string
    job_id: string
    sequence: number
    key: string
    field: string
    before: string
    after: string
    corrected_by: string
    corrected_at: string
  }
  /** What people decided about jobs as a whole. */
  decisions: {
    seal: string
    job_id: string
    sequence: number
    key: string
    kind: string
    rejection: string | null
    decided_by: string
    decided_at: string
  }
  keys: {
    seal: string
    id: string
    tenant: string
    name: string
    role: string
    hash: string
    created_at: string
    revoked_at: string | null
  }
  /** What deletions have left to be done, written together with them. */
  removals: {
    /** SHA-256 of bytes that are to go. */
    blob: string
  }
  /** At most one row: the files of the ledger are to be written anew. */
  compactions: {
    id: number
    /** Another one after each deletion. */
    asked: string
  }
}

export type Database = Kysely<LedgerTables>
export type Tx = Transaction<LedgerTables>
