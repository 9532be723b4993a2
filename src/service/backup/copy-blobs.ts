import { ParallaxError } from '../../core/errors.ts'
import type { BlobStore } from '../../core/blob-store.ts'
import { prefixes } from '../deletion/sweep.ts'

export interface CopiedBlobs {
  /** All that are in the target now, of those that are needed. */
  readonly kept: readonly string[]
  /** How many of them were not there before. */
  readonly copied: number
  /** Those that the source has not, or has not as they were. */
  readonly missing: readonly string[]
  readonly damaged: readonly string[]
}

/** The bytes of a blob; what is wrong where there are none. */
export async function soundBlob(
  blobs: BlobStore,
  digest: string,
): Promise<Uint8Array | 'missing' | 'damaged'> {
  try {
    return (await blobs.get(digest)) ?? 'missing'
  } catch (error) {
    // What the disk refuses has a cause; what it gave was damaged.
    if (error instanceof ParallaxError && error.code === 'E_STORAGE' && error.cause === undefined)
      return 'damaged'
    throw error
  }
}

/** Copies what is needed and not there yet; the digests are asked for by how they begin. */
export async function copyBlobs(
  from: BlobStore,
  to: BlobStore,
  needed: (prefix: string) => Promise<readonly string[]>,
): Promise<CopiedBlobs> {
  const all = { kept: [] as string[], copied: 0, missing: [] as string[], damaged: [] as string[] }
  for (const prefix of prefixes) {
    const digests = [...new Set(await needed(prefix))].sort()
    const there = new Set(digests.length === 0 ? [] : (await to.look(prefix)).blobs.map(({ name }) => name))
    for (const digest of digests) {
      const bytes = there.has(digest) ? null : await soundBlob(from, digest)
      if (typeof bytes === 'string') all[bytes].push(digest)
      else {
        if (bytes !== null) await to.put(bytes)
        all.kept.push(digest)
        all.copied += bytes === null ? 0 : 1
      }
    }
  }
  return all
}

/** Removes from a store what is not to be kept. */
export async function keepOnly(store: BlobStore, kept: ReadonlySet<string>): Promise<void> {
  for (const prefix of prefixes) {
    const { blobs, unfinished } = await store.look(prefix)
    for (const { name } of blobs) if (!kept.has(name)) await store.delete(name)
    for (const { name } of unfinished) await store.discard(name)
  }
}
