import type { StoredResult, TypeRef } from '../../core/jobs.ts'
import type { Attempt } from '../../core/judging.ts'
import type { Strategy } from '../../core/extraction-result.ts'
import { segmentationOf, selectionBy, selectionOf, severalParts, withoutOthers } from './parts.ts'
import { endWith, readPaths, timed, type Reader } from './read-document.ts'

/**
 * As `readDocument`, every document of a file: one result each, in their order, which says which part it is where there are
 * several. They are read one after the other, as they are asked for.
 */
export async function* readDocuments(
  reader: Reader,
  bytes: Uint8Array,
  type: TypeRef,
  route: Strategy,
  signal?: AbortSignal,
): AsyncIterable<StoredResult> {
  let attempts: readonly Attempt[] = []
  const first = await timed(
    type,
    route,
    async () => {
      attempts = await readPaths(reader, bytes, type, route, [], signal)
      const selection = selectionBy(attempts)
      return endWith(reader, bytes, type, route, withoutOthers(attempts), signal, selection)
    },
    signal,
  )
  const segmentation = segmentationOf(attempts)
  const parts = severalParts(attempts)
  yield parts ? { ...first, part: parts[0]! } : first
  if (!segmentation || !parts) return
  for (const part of parts.slice(1)) {
    const selection = selectionOf(segmentation, part)
    const read = async (): Promise<StoredResult> => {
      const own = await readPaths(reader, bytes, type, route, [], signal, selection)
      return endWith(reader, bytes, type, route, own, signal, selection)
    }
    yield { ...(await timed(type, route, read, signal)), part }
  }
}
