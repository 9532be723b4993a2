import type { OpenBlobs, OpenedBlobs } from './opened.ts'
import { chosenBy } from './store-url.ts'

/** By the scheme of the URL; each is loaded only when it is used. */
const blobStores: Readonly<Record<string, () => Promise<OpenBlobs>>> = {
  file: async () => (await import('./open-file-blobs.ts')).openFileBlobs,
}

export const blobSchemes: readonly string[] = Object.keys(blobStores)

/** Opens the blob store that a URL names; relative paths lead from the data folder. See `OpenBlobs`. */
export async function openBlobs(url: string, home: string): Promise<OpenedBlobs> {
  const at = { setting: 'PARALLAX_BLOBS_URL', url, home }
  const open = await chosenBy(at, blobStores)()
  return open(at)
}
