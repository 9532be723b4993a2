import { statfs } from 'node:fs/promises'
import { ParallaxError } from '../../core/errors.ts'
import type { Ledger } from '../../core/ledger.ts'
import { tryWriting } from './data-folder.ts'

interface Storage {
  readonly store: Pick<Ledger, 'keys'>
  /** Folders of this machine that are written to. */
  readonly folders: readonly string[]
  /** Rejects with E_STORAGE when what was opened is not there any more. */
  readonly requireThere: () => Promise<void>
  /** Bytes that have to stay free on their disks. */
  readonly freeBytes: number
}

const cannotWrite = (cause: unknown): ParallaxError => {
  const isFull = ['ENOSPC', 'EDQUOT'].includes((cause as NodeJS.ErrnoException).code ?? '')
  const why = isFull ? 'The disk of the service is full.' : 'The data folder cannot be written.'
  return new ParallaxError('E_BUSY', why, { cause })
}

async function requireRoom(folder: string, freeBytes: number): Promise<void> {
  await tryWriting(folder).catch((error: unknown) => {
    throw cannotWrite(error)
  })
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < freeBytes) throw new ParallaxError('E_BUSY', 'The disk of the service is nearly full.')
}

/** Makes what finds out whether documents can be kept now; its rejections with E_BUSY are fit for strangers. */
export function storageCheck({ store, folders, requireThere, freeBytes }: Storage): () => Promise<void> {
  return async () => {
    await requireThere()
    await store.keys.find('')
    for (const folder of folders) await requireRoom(folder, freeBytes)
  }
}
