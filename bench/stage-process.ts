/**
 * A child of a pool that does one stage of reading at a time, so that each stage's time and memory can be told apart.
 * @module
 */
import { serveTasks } from '../src/compute/child.ts'
import type { Document, OcrPage } from '../src/core/document.ts'
import type { OcrEngine } from '../src/core/engines.ts'
import { loadType } from '../src/document-types/load.ts'
import type { VlmBackend } from '../src/core/vlm.ts'
import { ownModel } from '../src/core/vlm.ts'
import { directExtractor } from '../src/extractors/direct.ts'
import { createVlmBackend } from '../src/vlm/registry.ts'
import { modularExtractor } from '../src/extractors/modular.ts'
import { loadDocument } from '../src/imaging/load.ts'
import { openTagger } from '../src/ner/open-tagger.ts'
import { createOcrEngine } from '../src/ocr/registry.ts'
import { scoreExtraction } from '../src/scoring/scorer.ts'
import type { FillRequest, OcrRequest, Timed } from './stages.ts'

const engines = new Map<string, Promise<OcrEngine>>()

function engineNamed(name: string): Promise<OcrEngine> {
  const engine = engines.get(name) ?? createOcrEngine(name)
  engines.set(name, engine)
  return engine
}

let backend: Promise<VlmBackend> | undefined
const direct = (): Promise<VlmBackend> => (backend ??= createVlmBackend(ownModel))

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const started = performance.now()
  const output = await work()
  return { ms: performance.now() - started, output }
}

async function recognizeAll({ pages }: Document, engine: OcrEngine): Promise<readonly OcrPage[]> {
  const read: OcrPage[] = []
  for (const page of pages) read.push(await engine.recognize(page))
  return read
}

/** An engine for which the pages have been read before. */
const alreadyRead = (pages: readonly OcrPage[]): OcrEngine => ({
  name: 'read-before',
  revision: '1',
  uprightConfidence: 0,
  knownScriptConfidence: null,
  digitConfusions: {},
  recognize: async ({ number }) => pages[number - 1]!,
})

const { type } = await loadType('receipt', process.cwd())
const tagger = await openTagger(type)

await serveTasks({
  pid: async () => process.pid,
  imaging: (bytes) => timed(() => loadDocument(bytes as Uint8Array)),
  ocr: async (payload) => {
    const { document, engine } = payload as OcrRequest
    const warm = await engineNamed(engine)
    return timed(() => recognizeAll(document, warm))
  },
  direct: async (payload) => {
    const extractor = directExtractor(await direct())
    return timed(async () => scoreExtraction(await extractor.extract(payload as Document, type), type))
  },
  fill: (payload) => {
    const { document, pages } = payload as FillRequest
    return timed(async () => {
      const extractor = modularExtractor({ ocr: alreadyRead(pages), tagger })
      return scoreExtraction(await extractor.extract(document, type), type)
    })
  },
})
