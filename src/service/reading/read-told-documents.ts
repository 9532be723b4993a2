import type { StoredResult } from '../../core/jobs.ts'
import type { Strategy } from '../../core/extraction-result.ts'
import type { TemplateFolder } from '../types/templates.ts'
import { selectionOf } from './parts.ts'
import { endWith, readDocument, readPaths, timed, type Reader } from './read-document.ts'
import { readDocuments } from './read-documents.ts'
import { tellTypesOf, toldReader } from './told-reader.ts'

/** As `readDocument`, as the type that the words of the (first) document tell; rejects where they cannot be read. */
export async function readToldDocument(
  reader: Reader,
  templates: TemplateFolder | undefined,
  bytes: Uint8Array,
  route: Strategy,
  signal?: AbortSignal,
): Promise<StoredResult> {
  const { documents } = await tellTypesOf(reader, bytes, signal)
  const told = await toldReader(reader, documents[0]!, route, templates, signal)
  return readDocument(told.reader, bytes, told.description.type, route, signal)
}

/** As `readDocuments`, each as the type that its own words tell; rejects where they cannot be read. */
export async function* readToldDocuments(
  reader: Reader,
  templates: TemplateFolder | undefined,
  bytes: Uint8Array,
  route: Strategy,
  signal?: AbortSignal,
): AsyncIterable<StoredResult> {
  const { segmentation, documents } = await tellTypesOf(reader, bytes, signal)
  for (const document of documents) {
    const own = await toldReader(reader, document, route, templates, signal)
    const { type } = own.description
    const { part } = document
    if (!part || !segmentation) {
      yield* readDocuments(own.reader, bytes, type, route, signal)
      continue
    }
    const selection = selectionOf(segmentation, part)
    const read = async (): Promise<StoredResult> => {
      const attempts = await readPaths(own.reader, bytes, type, route, [], signal, selection)
      return endWith(own.reader, bytes, type, route, attempts, signal, selection)
    }
    yield { ...(await timed(type, route, read, signal)), part }
  }
}
