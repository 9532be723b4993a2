import { createHash } from 'node:crypto'
import { classify, type ClassProbability } from '../../classifying/classifier.ts'
import { featuresOf, type PageOfWords } from '../../classifying/features.ts'
import type { OpenClassifier } from '../../classifying/open-classifier.ts'
import type { Document } from '../../core/document.ts'
import type { OcrEngine } from '../../core/engines.ts'
import { isWithin, mapBox } from '../../core/geometry.ts'
import type { TypeRef } from '../../core/jobs.ts'
import type { Part } from '../../core/part.ts'
import { anyType, otherClass } from '../../core/told-type.ts'
import { loadType } from '../../document-types/load.ts'
import { readPages, type ReadPage } from '../../extractors/read-pages.ts'
import { templatesFor } from '../types/template-folder.ts'
import type { TemplateFolder } from '../types/templates.ts'
import type { FeaturesRequest } from '../types/learn-type.ts'
import type { ParsedTellTypesRequest, ToldTypes } from '../types/told-types.ts'
import { enginesText, pipelineText, splitText } from './pipeline.ts'
import { embeddedIn } from './read-embedded.ts'
import {
  notReady,
  paced,
  pipelineOf,
  type ChildEngines,
  type EngineNames,
  type ReadProgress,
} from './read-in-child.ts'
import { tellParts } from './tell-parts.ts'

export type OpenClassifierOnce = () => Promise<OpenClassifier>

/** What a document of no known type is read as: whatever pairs it prints. */
const unknownType = 'form'

/** Less likely types are not worth naming. */
const leastNamed = 0.02
const mostNamed = 3

/** Pages of a document that say what it is. */
const firstPages = 2

const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** The types that can be told: what to load for each class. */
const specsOf = ({ classes, types }: OpenClassifier): readonly (readonly [name: string, spec: string])[] =>
  classes.filter((name) => name !== otherClass).map((name) => [name, types[name] ?? name])

/** The likeliest type, and what else it may be; where it is none of them, the type that takes anything. */
function toldBy({ types }: OpenClassifier, all: readonly ClassProbability[]) {
  const best = all[0]!.name === otherClass ? unknownType : all[0]!.name
  const others = all.filter(({ name, probability }) => name !== best && probability >= leastNamed)
  return {
    spec: types[best] ?? best,
    told: {
      probability: rounded(all.find(({ name }) => name === best)?.probability ?? 0),
      others: others
        .slice(0, mostNamed)
        .map(({ name, probability }) => ({ name, probability: rounded(probability) })),
    },
  }
}

/** The type for which the file itself holds data; null where there is none. */
async function embeddedType(bytes: Uint8Array, classifier: OpenClassifier): Promise<string | null> {
  for (const [, spec] of specsOf(classifier)) {
    const { type } = await loadType(spec, '/')
    if (type.embedded && (await embeddedIn(bytes, type)).candidate) return spec
  }
  return null
}

/** The words of a part on its pages. */
function wordsOf(read: readonly ReadPage[], part: Part | null): readonly PageOfWords[] {
  const own = part ? read.filter(({ page }) => part.pages.includes(page.number)) : read
  return own.map(({ page, reading }) => ({
    width: page.image.width,
    height: page.image.height,
    words: reading.lines
      .flatMap(({ words }) => words)
      .filter(({ box }) => !part?.region || isWithin(mapBox(box, page.toSubmitted), part.region)),
  }))
}

/** What the first pages of a document show. */
async function featuresOfDocument({ pages }: Document, ocr: OcrEngine): Promise<readonly string[]> {
  return featuresOf(wordsOf(await readPages({ pages: pages.slice(0, firstPages) }, ocr), null))
}

/** A file of one document. */
async function tellWhole(document: Document, ocr: OcrEngine, classifier: OpenClassifier): Promise<ToldTypes> {
  const probabilities = classify(classifier, await featuresOfDocument(document, ocr))
  return { segmentation: null, documents: [{ part: null, ...toldBy(classifier, probabilities) }] }
}

/** Each document of a file that may hold several. */
async function tellEach(document: Document, ocr: OcrEngine, classifier: OpenClassifier): Promise<ToldTypes> {
  const { document: upright, segmentation, ocr: known } = await tellParts(document, ocr)
  const read = await readPages(upright, known)
  const { parts } = segmentation
  const documents = parts.map((part) => {
    const own = parts.length > 1 ? part : null
    return { part: own, ...toldBy(classifier, classify(classifier, featuresOf(wordsOf(read, own)))) }
  })
  return { segmentation, documents }
}

const pipelineBy = (
  ocr: OcrEngine,
  classifier: OpenClassifier,
  { split }: Pick<EngineNames, 'split'>,
  version: string,
): string => pipelineText(version, enginesText(ocr, classifier)) + splitText(split, ocr.name, true)

/** Bytes → pages → words → the type of each document. */
export async function tellTypesInChild(
  { bytes, ocr: name, split, pipeline, pageMs }: ParsedTellTypesRequest,
  engines: ChildEngines,
  openClassifier: OpenClassifierOnce,
  progress: ReadProgress,
): Promise<ToldTypes> {
  const nextPage = (): void => progress.extendDeadline(pageMs)
  const [classifier, engine] = await Promise.all([openClassifier(), engines.ocr(name)])
  const here = pipelineBy(engine, classifier, { split }, engines.version)
  if (pipeline !== undefined && pipeline !== here) throw notReady(pipeline, `this is ${here}`)
  const embedded = await embeddedType(bytes, classifier)
  if (embedded !== null)
    return {
      segmentation: null,
      documents: [{ part: null, spec: embedded, told: { probability: 1, others: [] } }],
    }
  const document = await engines.load(bytes, nextPage, null)
  const ocr = paced(engine, nextPage)
  return split === 'never' ? tellWhole(document, ocr, classifier) : tellEach(document, ocr, classifier)
}

/** What a document shows that its type may be learnt from. */
export async function featuresInChild(
  { bytes, ocr, pageMs }: FeaturesRequest,
  engines: ChildEngines,
  progress: ReadProgress,
): Promise<readonly string[]> {
  const nextPage = (): void => progress.extendDeadline(pageMs)
  const engine = paced(await engines.ocr(ocr), nextPage)
  return featuresOfDocument(await engines.load(bytes, nextPage, null), engine)
}

/** What stands for any type: its hash changes with all that decides how a document of any of them is read. */
export async function describeAny(
  names: Omit<EngineNames, 'type'>,
  folder: TemplateFolder | undefined,
  engines: ChildEngines,
  openClassifier: OpenClassifierOnce,
): Promise<{ readonly type: TypeRef; readonly pipeline: string }> {
  const [classifier, engine] = await Promise.all([openClassifier(), engines.ocr(names.ocr)])
  const read = await Promise.all(
    specsOf(classifier).map(async ([, spec]) => {
      const loaded = await loadType(spec, '/')
      const { templates } = await templatesFor(loaded, folder)
      return [loaded.ref, templates, await pipelineOf({ ...names, type: loaded.ref }, engines)]
    }),
  )
  const hash = createHash('sha256')
    .update(JSON.stringify([classifier.revision, read]))
    .digest('hex')
  return {
    type: { name: anyType, file: null, hash },
    pipeline: pipelineBy(engine, classifier, names, engines.version),
  }
}
