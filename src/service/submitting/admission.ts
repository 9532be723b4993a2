import { stat, statfs } from 'node:fs/promises'
import { ParallaxError } from '../../core/errors.ts'
import type { JobStore } from '../../core/jobs.ts'

export interface AdmissionLimits {
  /** Jobs that wait to be read. */
  readonly queued: number
  /** Bytes that have to stay free on the disk of the data folder. */
  readonly freeBytes: number
}

/** Looks are not taken more often than this, in milliseconds. */
const freshMs = 1_000

const gone = (cause?: unknown): ParallaxError =>
  new ParallaxError('E_STORAGE', 'The data folder is not what it was when the service started.', { cause })

const busy = (why: string): ParallaxError =>
  new ParallaxError('E_BUSY', `${why} Nothing was recorded; send it again later.`)

/** Rejects with E_STORAGE when the file is not there, or is another one than before. */
export async function watchFile(file: string): Promise<() => Promise<void>> {
  const { ino } = await stat(file)
  return async () => {
    const found = await stat(file).catch((error: unknown) => {
      throw gone(error)
    })
    if (found.ino !== ino) throw gone()
  }
}

async function look(store: JobStore, folder: string, { queued, freeBytes }: AdmissionLimits): Promise<void> {
  const waiting = (await store.counts()).queued
  if (waiting >= queued) throw busy(`${waiting} documents wait to be read.`)
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < freeBytes) throw busy('The disk of the service is nearly full.')
}

/**
 * Makes what is asked before anything is taken on: it rejects with E_BUSY while too much waits or the disk is nearly
 * full, and with E_STORAGE when the ledger is away.
 */
export function createAdmission(
  store: JobStore,
  folder: string,
  ledgerIsThere: () => Promise<void>,
  limits: AdmissionLimits,
): () => Promise<void> {
  let last: Promise<void> | undefined
  let at = 0
  return async () => {
    await ledgerIsThere()
    if (last === undefined || Date.now() - at >= freshMs) {
      at = Date.now()
      last = look(store, folder, limits)
    }
    return last
  }
}
