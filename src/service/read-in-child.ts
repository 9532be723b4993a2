import type { EntityTagger, OcrEngine } from '../core/engines.ts'
import type { Attempt } from '../core/judging.ts'
import { reloadType } from '../document-types/load.ts'
import { modularExtractor } from '../extractors/modular.ts'
import { loadDocument } from '../imaging/load.ts'
import { scoreExtraction } from '../scoring/scorer.ts'
import type { AttemptRequest } from './attempt.ts'

export interface ChildEngines {
  ocr(name: string): Promise<OcrEngine>
  tagger(): Promise<EntityTagger>
}

export interface ReadProgress {
  extendDeadline(ms: number): void
}

/** Bytes → pages → extraction → score; the whole of what happens to a document inside a child. */
export async function readInChild(
  request: AttemptRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<Attempt> {
  const { type } = await reloadType(request.type)
  const document = await loadDocument(request.bytes, {}, (pages) =>
    progress.extendDeadline(pages * request.pageMs),
  )
  const extractor = modularExtractor({ ocr: await engines.ocr(request.ocr), tagger: await engines.tagger() })
  const extraction = await extractor.extract(document, type)
  return { path: extractor.path, ok: true, extraction, score: scoreExtraction(extraction, type) }
}
