import type { Document } from './document.ts'
import type { DocumentType } from './document-type.ts'
import type { Extraction, ExtractionPath } from './extraction.ts'

/** One path from a normalised document to data that is valid under the type's schema. */
export interface Extractor {
  readonly path: ExtractionPath
  extract(document: Document, type: DocumentType, signal?: AbortSignal): Promise<Extraction>
}
