import { setImmediate as turn } from 'node:timers/promises'
import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore, DamagedRow } from '../../core/jobs.ts'
import { finishDeletions, type Records } from './delete.ts'
import { abandonedUploads, sweepUploads } from './sweep-uploads.ts'
import { foreignIn, leftovers, prefixes, sweep } from './sweep.ts'

/** Things of one kind in a data folder that are not as they should be. */
export interface Finding {
  readonly what: string
  /** What they are called; jobs by their ids. */
  readonly names: readonly string[]
  /** What a person can do about those that `mend` leaves. */
  readonly help: string
  /** Answers those that it could do nothing about. */
  mend(): Promise<readonly string[]>
}

export interface Inspected extends Records {
  readonly home: string
  /** Whether the bytes of every document are held against their name, which takes as long as reading them. */
  readonly deep: boolean
}

type Look = (data: Inspected) => Promise<Finding>

/** Named in a finding at most; the count says how many there are. */
const namedMost = 1_000

const deletions: Look = async (data) => {
  const ledger = (await data.store.isCompactionOwed()) ? ['the ledger, to be written anew'] : []
  return {
    what: 'unfinished deletions',
    names: [...(await data.store.removals(namedMost)), ...ledger],
    help: '',
    async mend() {
      await finishDeletions(data)
      return []
    },
  }
}

const lyingAbout: Look = async (data) => {
  const { blobs, unfinished } = await leftovers(data)
  return {
    what: 'files that belong to no document',
    names: [...blobs, ...unfinished],
    help: 'They stay until no entry of the ledger is damaged, since they may be what it speaks of.',
    async mend() {
      await sweep(data)
      return (await leftovers(data)).blobs
    },
  }
}

const uploads: Look = async ({ home }) => ({
  what: 'uploads that were cut short',
  names: await abandonedUploads(home),
  help: '',
  async mend() {
    await sweepUploads(home)
    return []
  },
})

/** One of the jobs that need each of these blobs. */
async function jobsOf({ store }: Inspected, blobs: readonly string[]): Promise<readonly string[]> {
  const jobs = await Promise.all(blobs.slice(0, namedMost).map((blob) => store.jobsWith(blob, 1)))
  return blobs.map((blob, i) => jobs[i]?.[0] ?? blob)
}

async function isDamaged(blobs: BlobStore, blob: string): Promise<boolean> {
  try {
    await blobs.get(blob)
    return false
  } catch (error) {
    // What the disk refuses has a cause; what it gave was damaged.
    if (error instanceof ParallaxError && error.code === 'E_STORAGE' && error.cause === undefined) return true
    throw error
  }
}

/** The blobs that works need, of which something is true. */
async function needed(
  { store, blobs }: Inspected,
  isSo: (blob: string, isThere: boolean) => Promise<boolean>,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const prefix of prefixes) {
    const names = await store.neededBlobs(prefix)
    const there = new Set(names.length === 0 ? [] : (await blobs.look(prefix)).blobs.map(({ name }) => name))
    for (const name of names) if (await isSo(name, there.has(name))) found.push(name)
    await turn()
  }
  return found
}

const submitAgain = 'Submit the files of these jobs again.'

const missing: Look = async (data) => {
  const gone = await needed(data, async (_, isThere) => !isThere)
  const names = await jobsOf(data, gone)
  return { what: 'documents whose file is gone', names, help: submitAgain, mend: async () => names }
}

const damagedFiles: Look = async (data) => {
  const torn = data.deep
    ? await needed(data, async (blob, isThere) => isThere && isDamaged(data.blobs, blob))
    : []
  const names = await jobsOf(data, torn)
  return { what: 'documents whose file is damaged', names, help: submitAgain, mend: async () => names }
}

const nameOf = ({ what, id }: DamagedRow): string => `${what} of ${id}`

const damagedRows: Look = async ({ store }) => {
  const rows: DamagedRow[] = []
  for await (const row of store.damaged()) rows.push(row)
  return {
    what: 'damaged entries of the ledger',
    names: rows.map(nameOf),
    help: 'Retry these jobs (parallax jobs retry ID); where it is the work that is damaged, submit its file again.',
    async mend() {
      const left: string[] = []
      for (const row of rows) if (!(await store.mend(row))) left.push(nameOf(row))
      return left
    },
  }
}

/** In the order in which they are mended: what is marked as damaged is known before anything is taken away. */
const looks: readonly Look[] = [damagedRows, deletions, lyingAbout, uploads, missing, damagedFiles]

/** What is wrong with a data folder, kind by kind; those of which there is none have no names. */
export async function* inspect(data: Inspected): AsyncIterable<Finding> {
  for (const look of looks) yield await look(data)
}

/** What others have put among the documents; it does no harm, and is left alone. */
export const strangers = ({ blobs }: Records): Promise<readonly string[]> => foreignIn(blobs)
