import type { EntityTagger, OcrEngine } from '../core/engines.ts'
import { ParallaxError } from '../core/errors.ts'
import type { Attempt } from '../core/judging.ts'
import { modularExtractor } from '../extractors/modular.ts'
import { loadDocument } from '../imaging/load.ts'
import { scoreExtraction } from '../scoring/scorer.ts'
import type { AttemptRequest } from './attempt.ts'
import { enginesText, pipelineText } from './pipeline.ts'
import { readyType } from './ready-type.ts'

export interface ChildEngines {
  /** Of Parallax. */
  readonly version: string
  ocr(name: string): Promise<OcrEngine>
  tagger(): Promise<EntityTagger>
}

export interface ReadProgress {
  extendDeadline(ms: number): void
}

/** The engines of a request; E_NOT_READY where others are here than those it was made for. */
async function enginesFor({ ocr: name, pipeline }: AttemptRequest, engines: ChildEngines) {
  const [ocr, tagger] = await Promise.all([
    engines.ocr(name).catch((error: unknown) => {
      throw pipeline === undefined ? error : notReady(pipeline, `"${name}" does not start here`, error)
    }),
    engines.tagger(),
  ])
  const here = pipelineText(engines.version, enginesText(ocr, tagger))
  if (pipeline !== undefined && pipeline !== here) throw notReady(pipeline, `this is ${here}`)
  return { ocr, tagger }
}

const notReady = (pipeline: string, why: string, cause?: unknown): ParallaxError =>
  new ParallaxError(
    'E_NOT_READY',
    `Some documents wait for ${pipeline}, and ${why}: read them with that one, or cancel them and give their batch command again.`,
    { cause },
  )

/** The engine with `before` called before each page. */
export const paced = (ocr: OcrEngine, before: () => void): OcrEngine => ({
  name: ocr.name,
  revision: ocr.revision,
  uprightConfidence: ocr.uprightConfidence,
  digitConfusions: ocr.digitConfusions,
  recognize(page, signal) {
    before()
    return ocr.recognize(page, signal)
  },
})

/** Bytes → pages → extraction → score; the whole of what happens to a document inside a child. */
export async function readInChild(
  request: AttemptRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<Attempt> {
  const { ocr, tagger } = await enginesFor(request, engines)
  const type = await readyType(request.type, request.templates)
  const nextPage = (): void => progress.extendDeadline(request.pageMs)
  const document = await loadDocument(request.bytes, {}, nextPage)
  const extractor = modularExtractor({ ocr: paced(ocr, nextPage), tagger })
  const extraction = await extractor.extract(document, type)
  return { path: extractor.path, ok: true, extraction, score: scoreExtraction(extraction, type) }
}
