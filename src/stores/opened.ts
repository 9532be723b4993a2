import type { BlobStore } from '../core/blob-store.ts'
import type { Ledger } from '../core/ledger.ts'
import type { StoreUrl } from './store-url.ts'

/** A store that is open, and where. */
interface Opened<Store> {
  readonly store: Store
  /** For whoever runs Parallax to read; without password. */
  readonly place: string
  /** The same on every machine that opens it; null where only this one can. */
  readonly identity: string | null
  /** The folder of this machine that is written to; null for another machine's. */
  readonly folder: string | null
  /** Rejects with E_STORAGE when what was opened is not there any more. */
  requireThere(): Promise<void>
}

export interface OpenedLedger extends Opened<Ledger> {
  /** The file that it is in, which can be copied while it is written; null for a database that is not ours to copy. */
  readonly file: string | null
}
export type OpenedBlobs = Opened<BlobStore>

export interface LedgerOptions {
  /** How long a call waits for others that keep the ledger busy, in milliseconds; default 5000. */
  readonly busyMs?: number
}

/** Opens a ledger, making its tables where there are none; E_STORAGE where it cannot be used, E_BAD_REQUEST for a wrong URL. */
export type OpenLedger = (at: StoreUrl, options: LedgerOptions) => Promise<OpenedLedger>

/** Opens a blob store; E_STORAGE where it cannot be used, E_BAD_REQUEST for a wrong URL. */
export type OpenBlobs = (at: StoreUrl) => Promise<OpenedBlobs>
