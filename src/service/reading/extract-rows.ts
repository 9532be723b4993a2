import { pMapIterable } from 'p-map'
import { toErrorReport } from '../../core/errors.ts'
import type { Result, TypeRef } from '../../core/jobs.ts'
import type { Route, Row } from '../../core/row.ts'
import { failedResult } from '../../routing/to-result.ts'
import { readDocument, type Reader } from './read-document.ts'
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

/** Reads one document; whatever is wrong with it stands in its row. Rejects on abort only. */
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

/** Reads documents, `concurrency` at a time, in the order in which they come; few are taken on before their turn. */
export const extractRows = (
  sources: Iterable<Source> | AsyncIterable<Source>,
  extracting: Extracting,
  concurrency: number,
): AsyncIterable<Row> =>
  pMapIterable(sources, (source) => extractRow(source, extracting), {
    concurrency,
    backpressure: concurrency * 4,
  })
