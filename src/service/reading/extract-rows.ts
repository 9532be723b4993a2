import { pMapIterable } from 'p-map'
import { toErrorReport } from '../../core/errors.ts'
import type { Result, TypeRef } from '../../core/jobs.ts'
import type { Part } from '../../core/part.ts'
import type { Route, Row } from '../../core/row.ts'
import { failedResult } from '../../routing/to-result.ts'
import { readDocument, type Reader } from './read-document.ts'
import { readDocuments } from './read-documents.ts'
import { toRow } from '../results/rows.ts'

/** A document by the name that its row gets. */
export interface Source {
  readonly name: string
  /** Rejects with the reason why there are none, which becomes that of the row. */
  bytes(): Promise<Uint8Array>
}

export interface Extracting {
  readonly reader: Reader
  readonly type: TypeRef
  readonly route: Route
  readonly signal?: AbortSignal | undefined
  /** Sees what was read of a document; what it throws becomes the error of the row. */
  readonly onRead?: (name: string, bytes: Uint8Array, result: Result) => Promise<void>
}

/**
 * Reads one document, of a file of several the first, as `readDocument`; whatever is wrong with it stands in its row. Rejects on
 * abort only.
 */
export async function extractRow(source: Source, extracting: Extracting): Promise<Row> {
  const { reader, type, route, signal, onRead } = extracting
  try {
    const bytes = await source.bytes()
    const result = await readDocument(reader, bytes, type, route, signal)
    await onRead?.(source.name, bytes, result)
    return toRow(source.name, result)
  } catch (error) {
    signal?.throwIfAborted()
    return toRow(source.name, failedResult(type.name, route, toErrorReport(error)))
  }
}

/** Reads every document of a file, as `readDocuments`; whatever is wrong with one stands in its row. Rejects on abort only. */
async function rowsOfFile(source: Source, extracting: Extracting): Promise<readonly Row[]> {
  const { reader, type, route, signal, onRead } = extracting
  const failed = (error: unknown, part?: Part): Row => {
    signal?.throwIfAborted()
    const result = failedResult(type.name, route, toErrorReport(error))
    return toRow(source.name, part ? { ...result, part } : result)
  }
  const rowOf = async (bytes: Uint8Array, result: Result): Promise<Row> => {
    await onRead?.(source.name, bytes, result)
    return toRow(source.name, result)
  }
  try {
    const bytes = await source.bytes()
    const rows: Row[] = []
    for await (const result of readDocuments(reader, bytes, type, route, signal))
      rows.push(await rowOf(bytes, result).catch((error: unknown) => failed(error, result.part)))
    return rows
  } catch (error) {
    return [failed(error)]
  }
}

/**
 * Reads files, `concurrency` at a time, in the order in which they come, and answers a row for each of their documents; few are
 * taken on before their turn.
 */
export async function* extractRows(
  sources: Iterable<Source> | AsyncIterable<Source>,
  extracting: Extracting,
  concurrency: number,
): AsyncIterable<Row> {
  const files = pMapIterable(sources, (source) => rowsOfFile(source, extracting), {
    concurrency,
    backpressure: concurrency * 4,
  })
  for await (const rows of files) yield* rows
}
