import { pMapIterable } from 'p-map'
import { toErrorReport } from '../../core/errors.ts'
import type { StoredResult, TypeRef } from '../../core/jobs.ts'
import type { Part } from '../../core/part.ts'
import type { Strategy, ExtractionResult } from '../../core/extraction-result.ts'
import { failedResult } from '../../routing/to-result.ts'
import { readDocument, type Reader } from './read-document.ts'
import { readDocuments } from './read-documents.ts'
import { anyType } from '../../core/told-type.ts'
import type { TemplateFolder } from '../types/templates.ts'
import { readToldDocument, readToldDocuments } from './read-told-documents.ts'
import { namedResult } from '../results/result-of-job.ts'

/** A document by the name that its result gets. */
export interface Source {
  readonly name: string
  /** Rejects with the reason why there are none, which becomes that of the result. */
  bytes(): Promise<Uint8Array>
}

export interface Extracting {
  readonly reader: Reader
  /** Of all documents, or `anyType`: each is then read as its words tell. */
  readonly type: TypeRef
  /** Where vendor templates for types that are told are looked for; left out, nowhere. */
  readonly templates?: TemplateFolder | undefined
  readonly route: Strategy
  readonly signal?: AbortSignal | undefined
  /** Sees what was read of a document; what it throws becomes the error of the result. */
  readonly onRead?: (name: string, bytes: Uint8Array, result: StoredResult) => Promise<void>
}

/**
 * Reads one document, of a file of several the first, as `readDocument`; whatever is wrong with it stands in its result. Rejects on
 * abort only.
 */
export async function extractOne(source: Source, extracting: Extracting): Promise<ExtractionResult> {
  const { reader, type, templates, route, signal, onRead } = extracting
  try {
    const bytes = await source.bytes()
    const result = await (type.name === anyType
      ? readToldDocument(reader, templates, bytes, route, signal)
      : readDocument(reader, bytes, type, route, signal))
    await onRead?.(source.name, bytes, result)
    return namedResult(source.name, result)
  } catch (error) {
    signal?.throwIfAborted()
    return namedResult(source.name, failedResult(type.name, route, toErrorReport(error)))
  }
}

/** Reads every document of a file, as `readDocuments`; whatever is wrong with one stands in its result. Rejects on abort only. */
async function resultsOfFile(source: Source, extracting: Extracting): Promise<readonly ExtractionResult[]> {
  const { reader, type, templates, route, signal, onRead } = extracting
  const failed = (error: unknown, part?: Part): ExtractionResult => {
    signal?.throwIfAborted()
    const result = failedResult(type.name, route, toErrorReport(error))
    return namedResult(source.name, part ? { ...result, part } : result)
  }
  const toldOf = async (bytes: Uint8Array, result: StoredResult): Promise<ExtractionResult> => {
    await onRead?.(source.name, bytes, result)
    return namedResult(source.name, result)
  }
  try {
    const bytes = await source.bytes()
    const results: ExtractionResult[] = []
    const read =
      type.name === anyType
        ? readToldDocuments(reader, templates, bytes, route, signal)
        : readDocuments(reader, bytes, type, route, signal)
    for await (const result of read)
      results.push(await toldOf(bytes, result).catch((error: unknown) => failed(error, result.part)))
    return results
  } catch (error) {
    return [failed(error)]
  }
}

/**
 * Reads files, `concurrency` at a time, in the order in which they come, and answers a result for each of their documents; few are
 * taken on before their turn.
 */
export async function* extractAll(
  sources: Iterable<Source> | AsyncIterable<Source>,
  extracting: Extracting,
  concurrency: number,
): AsyncIterable<ExtractionResult> {
  const files = pMapIterable(sources, (source) => resultsOfFile(source, extracting), {
    concurrency,
    backpressure: concurrency * 4,
  })
  for await (const results of files) yield* results
}
