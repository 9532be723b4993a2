import { stat } from 'node:fs/promises'
import { fileBlobs, makeBlobFolder } from './file-blobs.ts'
import type { OpenBlobs } from './opened.ts'
import { gone, pathOf } from './store-url.ts'

/** `file:blobs`, `file:///srv/blobs`. */
export const openFileBlobs: OpenBlobs = async (at) => {
  const folder = await pathOf(at, (path) => path)
  await makeBlobFolder(folder)
  return {
    store: fileBlobs(folder),
    place: `file:${folder}`,
    identity: null,
    folder,
    requireThere: await watchDisk(folder),
  }
}

/** Rejects when the folder is not there, or lies on another disk than now: nothing is stored where one should be mounted. */
async function watchDisk(folder: string): Promise<() => Promise<void>> {
  const what = `The folder for documents, ${folder},`
  const { dev } = await stat(folder)
  return async () => {
    const found = await stat(folder).catch((error: unknown) => {
      throw gone(what, error)
    })
    if (found.dev !== dev) throw gone(what)
  }
}
