import type { Config } from '../config.ts'
import type { BlobStore } from '../core/blob-store.ts'
import type { Ledger } from '../core/ledger.ts'
import { openAll } from '../compute/open-all.ts'
import { queuePrefix } from '../queue/queue-prefix.ts'
import { prepareDataFolder } from '../service/health/data-folder.ts'
import { openBlobs } from '../stores/open-blobs.ts'
import { openLedger } from '../stores/open-ledger.ts'
import type { LedgerOptions, OpenedBlobs, OpenedLedger } from '../stores/opened.ts'

export interface Records extends AsyncDisposable {
  readonly store: Ledger
  readonly blobs: BlobStore
  /** Where both are, for whoever runs Parallax to read. */
  readonly places: { readonly ledger: string; readonly blobs: string }
  /** The file that the ledger is in, and what tells it from other ledgers that are in none. */
  readonly ledger: Pick<OpenedLedger, 'file' | 'identity'>
  /** Under which its queues stand in Redis. */
  readonly queuePrefix: string
  /** Folders of this machine that they are written to. */
  readonly folders: readonly string[]
  /** Rejects with E_STORAGE when what was opened is not there any more. */
  requireThere(): Promise<void>
}

/** Where the settings have submitted files kept. */
export const blobsOf = ({ home, blobsUrl }: Config): Promise<OpenedBlobs> => openBlobs(blobsUrl, home)

/** The ledger and the blobs that the settings name; no queue. */
export const openRecords = (config: Config, options: LedgerOptions = {}): Promise<Records> =>
  openAll(async (use) => {
    const ledger = await openLedger(config.databaseUrl, config.home, options)
    use({ [Symbol.asyncDispose]: () => ledger.store.close() })
    const blobs = await blobsOf(config)
    return {
      store: ledger.store,
      blobs: blobs.store,
      ledger,
      places: { ledger: ledger.place, blobs: blobs.place },
      queuePrefix: queuePrefix(config.home, ledger.identity),
      folders: [ledger.folder, blobs.folder].filter((folder) => folder !== null),
      async requireThere() {
        await ledger.requireThere()
        await blobs.requireThere()
      },
    }
  })

/** Records, and a data folder that can be worked in; E_STORAGE says what helps where it cannot. */
export async function openWorkplace(config: Config, options?: LedgerOptions): Promise<Records> {
  await prepareDataFolder(config.home)
  return openRecords(config, options)
}
