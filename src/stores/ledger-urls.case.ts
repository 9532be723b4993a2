import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A place for a ledger that no other test has. */
export interface LedgerUrl {
  readonly url: string
}

/** Where tests keep ledgers of a kind. */
export interface LedgerUrls {
  /** Why there are none on this machine; null where there are. */
  readonly missing: string | null
  /** Starts what they need; the last of it is undone by `close`. */
  open(): Promise<{ next(): Promise<LedgerUrl>; close(): Promise<void> }>
}

const sqlite: LedgerUrls = {
  missing: null,
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'parallax-ledger-'))
    let count = 0
    return {
      next: async () => ({ url: `sqlite:${join(folder, `${count++}.sqlite`)}` }),
      close: () => rm(folder, { recursive: true }),
    }
  },
}

/** By the scheme of their URLs. */
export const ledgerUrls: Readonly<Record<string, LedgerUrls>> = { sqlite }
