import { setImmediate as turn } from 'node:timers/promises'
import type { BlobStore } from '../../core/blob-store.ts'
import { finishDeletions, type Records } from './delete.ts'

/** Stored files that belong to nothing in the ledger. */
export interface Leftovers {
  /** Blobs that no work needs, by their digests. */
  readonly blobs: readonly string[]
  /** Blobs that were never written to their end. */
  readonly unfinished: readonly string[]
}

/** What begins so is being submitted, perhaps: no request takes as long, in milliseconds. */
export const freshMs = 600_000

const hex = [...'0123456789abcdef']

/** The first two hexadecimal digits of digests. */
export const prefixes: readonly string[] = hex.flatMap((a) => hex.map((b) => a + b))

const nothing: Leftovers = { blobs: [], unfinished: [] }

/** Of blobs that begin alike: those that no work needs, and those that are half written, put before `before`. */
async function leftoversAt({ store, blobs }: Records, prefix: string, before: number): Promise<Leftovers> {
  const found = await blobs.look(prefix)
  if (found.blobs.length + found.unfinished.length === 0) return nothing
  const needed = new Set(await store.neededBlobs(prefix))
  const old = found.blobs.filter(({ name, at }) => at < before && !needed.has(name))
  const torn = found.unfinished.filter(({ at }) => at < before)
  return { blobs: old.map(({ name }) => name), unfinished: torn.map(({ name }) => name) }
}

/** All that lies about for longer than `olderThanMs`; looks at one folder at a time, and lets others work in between. */
export async function leftovers(records: Records, olderThanMs = freshMs): Promise<Leftovers> {
  const before = Date.now() - olderThanMs
  const all: { blobs: string[]; unfinished: string[] } = { blobs: [], unfinished: [] }
  for (const prefix of prefixes) {
    const { blobs, unfinished } = await leftoversAt(records, prefix, before)
    all.blobs.push(...blobs)
    all.unfinished.push(...unfinished)
    await turn()
  }
  return all
}

async function remove({ store, blobs }: Records, left: Leftovers): Promise<void> {
  for (const name of left.unfinished) await blobs.discard(name)
  for (const blob of left.blobs) await store.removeBlob(blob, () => blobs.delete(blob))
}

/**
 * Removes what submissions and deletions that were cut short have left, if it is older than `olderThanMs`. Blobs without a
 * work stay while a work is damaged, which may be theirs. Answers what was removed.
 */
export async function sweep(records: Records, olderThanMs = freshMs): Promise<Leftovers> {
  await finishDeletions(records)
  const found = await leftovers(records, olderThanMs)
  const isKept = found.blobs.length > 0 && (await records.store.hasDamagedWork())
  const left = isKept ? { ...found, blobs: [] } : found
  await remove(records, left)
  return left
}

/** Names of what nobody has put among the blobs. */
export async function foreignIn(blobs: BlobStore): Promise<readonly string[]> {
  const foreign: string[] = []
  for (const prefix of ['', ...prefixes]) foreign.push(...(await blobs.look(prefix)).foreign)
  return foreign
}
