import { statfs } from 'node:fs/promises'
import { ParallaxError } from '../../core/errors.ts'
import type { Ledger } from '../../core/ledger.ts'
import { tryWriting } from './data-folder.ts'

interface Storage {
  readonly home: string
  readonly store: Pick<Ledger, 'keys'>
  readonly ledgerIsThere: () => Promise<void>
  /** Bytes that have to stay free on its disk. */
  readonly freeBytes: number
}

const cannotWrite = (cause: unknown): ParallaxError => {
  const isFull = ['ENOSPC', 'EDQUOT'].includes((cause as NodeJS.ErrnoException).code ?? '')
  const why = isFull ? 'The disk of the service is full.' : 'The data folder cannot be written.'
  return new ParallaxError('E_BUSY', why, { cause })
}

/** Makes what finds out whether documents can be kept now; its rejections with E_BUSY are fit for strangers. */
export function storageCheck({ home, store, ledgerIsThere, freeBytes }: Storage): () => Promise<void> {
  return async () => {
    await ledgerIsThere()
    await store.keys.find('')
    await tryWriting(home).catch((error: unknown) => {
      throw cannotWrite(error)
    })
    const { bavail, bsize } = await statfs(home)
    if (bavail * bsize < freeBytes)
      throw new ParallaxError('E_BUSY', 'The disk of the service is nearly full.')
  }
}
