import type { Acceptance } from '../../core/acceptance.ts'
import type { EntityTagger, OcrEngine } from '../../core/engines.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { DocumentType } from '../../core/document-type.ts'
import type { Candidate, ExtractionPath, Violation } from '../../core/extraction.ts'
import type { Extractor } from '../../core/extractor.ts'
import type { Attempt, Succeeded } from '../../core/judging.ts'
import type { TypeRef } from '../../core/jobs.ts'
import type { Strategy } from '../../core/extraction-result.ts'
import type { VlmBackend, VlmSettings } from '../../core/vlm.ts'
import type { Document } from '../../core/document.ts'
import { doubtsAbout, type Segmentation, type Split } from '../../core/part.ts'
import { directExtractor } from '../../extractors/direct.ts'
import { modularExtractor } from '../../extractors/modular.ts'
import { crossCheck } from '../../extractors/cross-check.ts'
import { allPaths, strategyPlans } from '../../routing/strategies.ts'
import { scoreExtraction } from '../../scoring/scorer.ts'
import type { LoadPages } from './at-hand.ts'
import type { ParsedAttemptRequest } from './attempt.ts'
import type { OpenCalibration } from '../judging/open-calibration.ts'
import { enginesText, pipelineText, splitText } from './pipeline.ts'
import { embeddedExtraction, embeddedIn, type Embedded } from './read-embedded.ts'
import { readyType } from '../types/ready-type.ts'
import { mayHoldSeveral, tellParts } from './tell-parts.ts'

export interface ChildEngines {
  /** The revision of Parallax, see `readingRevision`. */
  readonly version: string
  readonly load: LoadPages
  ocr(name: string): Promise<OcrEngine>
  /** The one that a pipeline names, by default the one in use; null for a type whose template looks for no labels. */
  tagger(type: TypeRef, pipeline?: string): Promise<EntityTagger | null>
  vlm(settings: VlmSettings, type: TypeRef): Promise<VlmBackend>
  readonly calibration: OpenCalibration
}

export interface ReadProgress {
  extendDeadline(ms: number): void
}

/** Which engines a route names, and the type whose calibration judges what they read. */
export interface EngineNames {
  readonly type: TypeRef
  readonly route: Strategy
  readonly ocr: string
  readonly vlm: VlmSettings
  readonly accept: Acceptance
  readonly split: Split
  /** What the work is to be read by, where that was told before. */
  readonly pipeline?: string | undefined
}

/** A path with its engines started. */
interface PathEngines {
  readonly text: string
  /** `known` reads in the place of its own OCR, if it has any. */
  extractor(pageMs: number, progress: ReadProgress, known?: OcrEngine): Extractor
  /** What reads text on it, where that is a part of its own. */
  readonly ocr?: OcrEngine
}

async function modularEngines(
  { ocr: name, type, pipeline }: EngineNames,
  engines: ChildEngines,
): Promise<PathEngines> {
  const [ocr, tagger] = await Promise.all([engines.ocr(name), engines.tagger(type, pipeline)])
  return {
    text: enginesText(ocr, ...(tagger ? [tagger] : [])),
    ocr,
    extractor: (pageMs, { extendDeadline }, known) =>
      modularExtractor({
        ocr: known ?? paced(ocr, () => extendDeadline(pageMs)),
        tagger: tagger && beforeTagging(tagger, (pages) => extendDeadline(pageMs * Math.max(1, pages))),
      }),
  }
}

async function directEngines(
  settings: VlmSettings,
  type: TypeRef,
  engines: ChildEngines,
): Promise<PathEngines> {
  const backend = await engines.vlm(settings, type)
  return {
    text: enginesText(backend),
    extractor: (pageMs, progress) => directExtractor(unhurried(backend, pageMs, progress)),
  }
}

/** The paths of a route with their engines; E_ENGINE where one cannot run here. */
async function startPaths(
  names: EngineNames,
  engines: ChildEngines,
): Promise<ReadonlyMap<ExtractionPath, PathEngines>> {
  const { type, route, ocr, vlm } = names
  const started = allPaths(strategyPlans[route]).map(
    async (path) =>
      [
        path,
        await (path === 'direct' ? directEngines(vlm, type, engines) : modularEngines(names, engines)),
      ] as const,
  )
  const paths = new Map(await Promise.all(started))
  checkIndependence(paths, ocr)
  return paths
}

/** Refuses two paths that read with the same network: they would agree on its mistakes. */
function checkIndependence(paths: ReadonlyMap<ExtractionPath, PathEngines>, ocr: string): void {
  const model = paths.get('direct')?.text.split('@')[0]
  if (paths.size < 2 || model === undefined || !ocr.split('+').includes(model)) return
  throw new ParallaxError(
    'E_BAD_REQUEST',
    `Both paths would read with "${model}": give the modular path another OCR engine.`,
  )
}

/** All that decides how the paths read and are judged: see `pipelineText`. */
async function textOf(
  paths: ReadonlyMap<ExtractionPath, PathEngines>,
  { type, accept, split, ocr }: EngineNames,
  { calibration, version }: ChildEngines,
): Promise<string> {
  const judge = await calibration(type)
  const judges = [
    ...(judge ? [judge] : []),
    ...(accept === 'calibrated' ? [] : [{ name: 'accept', revision: accept }]),
  ]
  const texts = [...[...paths.values()].map(({ text }) => text), ...judges.map((one) => enginesText(one))]
  return pipelineText(version, texts.join('+')) + splitText(split, ocr, paths.has('modular'))
}

/** The pipeline of a route: Parallax, the engines of its paths, the calibration and how files are split, with their revisions. */
export const pipelineOf = async (names: EngineNames, engines: ChildEngines): Promise<string> =>
  textOf(await startPaths(names, engines), names, engines)

export const notReady = (pipeline: string, why: string, cause?: unknown): ParallaxError =>
  new ParallaxError(
    'E_NOT_READY',
    `Some documents wait for ${pipeline}, and ${why}: read them with that one, or cancel them and give their batch command again.`,
    { cause },
  )

/** The engines of a request; E_NOT_READY where others are here than those it was made for. */
async function enginesFor(
  request: ParsedAttemptRequest,
  engines: ChildEngines,
): Promise<ReadonlyMap<ExtractionPath, PathEngines>> {
  const { ocr, vlm, pipeline, path, route } = request
  const paths = await startPaths(request, engines).catch((error: unknown) => {
    const name = path === 'direct' ? vlm.name : ocr
    throw pipeline === undefined ? error : notReady(pipeline, `"${name}" does not start here`, error)
  })
  const here = await textOf(paths, request, engines)
  if (pipeline !== undefined && pipeline !== here) throw notReady(pipeline, `this is ${here}`)
  if (paths.has(path)) return paths
  throw new ParallaxError('E_BAD_REQUEST', `The route "${route}" has no ${path} path.`)
}

/** The engine with `before` called before each page. */
export const paced = (ocr: OcrEngine, before: () => void): OcrEngine => ({
  ...ocr,
  recognize(page, signal) {
    before()
    return ocr.recognize(page, signal)
  },
})

/** The tagger with `before` called with the number of pages: what follows the reading is done for all of them together. */
const beforeTagging = (tagger: EntityTagger, before: (pages: number) => void): EntityTagger => ({
  name: tagger.name,
  revision: tagger.revision,
  labels: tagger.labels,
  tag(pages, signal) {
    before(pages.length)
    return tagger.tag(pages, signal)
  },
})

/** The backend with the time that its pages may take, or that it asks for. */
const unhurried = (backend: VlmBackend, pageMs: number, { extendDeadline }: ReadProgress): VlmBackend => ({
  name: backend.name,
  revision: backend.revision,
  uprightLegibility: backend.uprightLegibility,
  predict(pages, type, signal) {
    extendDeadline(backend.timeoutMs ?? pageMs * pages.length)
    return backend.predict(pages, type, signal)
  },
})

/**
 * The attempt with a cross-check: the OCR engine of the path in reserve reads the places of the values. Left out where the
 * attempt is flagged, because that path then reads the whole document.
 */
async function withCrossCheck(
  attempt: Succeeded,
  { pages }: Document,
  ocr: OcrEngine | undefined,
): Promise<Succeeded> {
  if (!ocr || attempt.score.flags.length > 0) return attempt
  const { extraction } = attempt
  return {
    ...attempt,
    extraction: { ...extraction, crossCheck: await crossCheck(pages, extraction.fields, ocr) },
  }
}

/** What else decides the result: the revisions of the calibration and of the program, by name. */
async function contextOf(
  type: TypeRef,
  { calibration, version }: ChildEngines,
): Promise<Record<string, string>> {
  const judge = await calibration(type)
  return { ...(judge ? { [judge.name]: judge.revision } : {}), parallax: version }
}

/** The document of a request, and what is known of its file. */
interface Material {
  readonly document: Document
  /** What documents the file holds, where that was found out now; the document is then the first. */
  readonly segmentation?: Segmentation
  readonly doubts: readonly Violation[]
  /** An engine that already has the words that were read to segment the file. */
  readonly known?: OcrEngine
}

/** The document of a request; of a file that may hold several, all words are read first, by the OCR of the modular path. */
async function materialOf(
  { bytes, part, doubts, split, path, ocr }: ParsedAttemptRequest,
  { load, ocr: openOcr }: ChildEngines,
  nextPage: () => void,
): Promise<Material> {
  const document = await load(bytes, nextPage, part)
  if (part || split === 'never' || !mayHoldSeveral(document, path)) return { document, doubts }
  const told = await tellParts(document, paced(await openOcr(ocr), nextPage))
  const { segmentation } = told
  const [first, ...more] = segmentation.parts
  const found = { segmentation, doubts: doubtsAbout(segmentation, first!) }
  if (more.length > 0) return { ...found, document: await load(bytes, nextPage, first!) }
  return { ...found, document: told.document, known: told.ocr }
}

/** Data that the file holds, in the place of what a path reads. */
async function readEmbedded(
  { bytes, type: ref, ocr: name }: ParsedAttemptRequest,
  { candidate, hasPages }: Extract<Embedded, { candidate: Candidate }>,
  type: DocumentType,
  engines: ChildEngines,
  nextPage: () => void,
): Promise<Attempt> {
  const pages = hasPages && {
    document: await engines.load(bytes, nextPage, null),
    ocr: paced(await engines.ocr(name), nextPage),
  }
  const read = await embeddedExtraction(candidate, type, pages || null)
  const extraction = { ...read, context: await contextOf(ref, engines) }
  return { path: 'embedded', ok: true, extraction, score: scoreExtraction(extraction, type) }
}

/** Bytes → pages → extraction → score; the whole of what happens to a document inside a child. */
export async function readInChild(
  request: ParsedAttemptRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<Attempt> {
  const { path, pageMs } = request
  const nextPage = (): void => progress.extendDeadline(pageMs)
  const paths = await enginesFor(request, engines)
  const type = await readyType(request.type, request.templates)
  const embedded = request.part ? null : await embeddedIn(request.bytes, type)
  if (embedded?.candidate) return readEmbedded(request, embedded, type, engines, nextPage)
  const material = await materialOf(request, engines, nextPage)
  const { document, segmentation, known } = material
  const doubts = [...(embedded?.doubts ?? []), ...material.doubts]
  const extractor = paths.get(path)!.extractor(pageMs, progress, known)
  const read = await extractor.extract(document, type)
  const violations = [...doubts, ...read.violations]
  const extraction = { ...read, violations, context: await contextOf(request.type, engines) }
  const score = scoreExtraction(extraction, type)
  const attempt = { path, ok: true, extraction, score, ...(segmentation && { segmentation }) } as const
  const [reserve] = strategyPlans[request.route].reserve
  const ocr = reserve && reserve !== path ? paths.get(reserve)?.ocr : undefined
  return withCrossCheck(attempt, document, ocr && paced(ocr, nextPage))
}
