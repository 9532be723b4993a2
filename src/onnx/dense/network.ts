import { wordConfidence, type OcrPage, type Page, type Word } from '../../core/document.ts'
import type { Entity } from '../../core/engines.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { Box } from '../../core/geometry.ts'
import { toOcrPage } from '../../core/text-lines.ts'
import { openCharacterModel, type CharacterModel } from '../character-model.ts'
import { currentModels } from '../current-models.ts'
import { modelText, openModel, type ModelFolder } from '../model-folder.ts'
import { openSession, type FloatTensor, type IntTensor, type Session } from '../session.ts'
import { decodeEntities, lineOfWords } from '../tokens/decode.ts'
import { charsOf, featuresOf } from '../tokens/features.ts'
import { framesOf } from './frames.ts'
import { linesOf } from './lines.ts'
import { denseManifestSchema, type DenseManifest } from './manifest.ts'
import { pictureOf, type Picture } from './picture.ts'
import { wordsOf, type ReadWord } from './words.ts'

/** What the network sees of a whole page before it reads. */
export interface Detection {
  readonly picture: Picture
  readonly fine: FloatTensor
  readonly joined: FloatTensor
  /** [1, down, across] probability that a cell is in the middle of a line; cells may reach beyond the page. */
  readonly core: FloatTensor
  readonly extent: FloatTensor
  /** [fields, down, across] probability that a cell shows a field; field 0 is none, then the manifest's labels. */
  readonly fields: FloatTensor
}

/** A page as it was read, with what naming its words needs. */
export interface DensePage {
  readonly page: OcrPage
  readonly readings: ReadonlyMap<Word, ReadWord['readings']>
  readonly hidden: FloatTensor
}

/**
 * One network in three parts, run one after the other: `look` detects where lines run and which field stands where, `read`
 * spells the lines, `name` says which words are which field (`label`).
 */
export interface DenseNetwork {
  readonly name: string
  /** Of its files and of the character model that reads with it. */
  readonly revision: string
  readonly manifest: DenseManifest
  detect(page: Page): Promise<Detection>
  read(page: Page, look: Detection): Promise<DensePage>
  label(read: DensePage): Promise<Entity[]>
  close(): Promise<void>
}

function parseManifest({ name, manifest }: ModelFolder): DenseManifest {
  const parsed = denseManifestSchema.safeParse(manifest)
  if (parsed.success) return parsed.data
  throw new ParallaxError(
    'E_ENGINE',
    `The model ${name} is no dense model that this version of Parallax can use.`,
  )
}

const inPage = ([x0, y0, x1, y1]: Box, { width, height }: Picture): Box => {
  const clamp = (v: number): number => Math.min(1, Math.max(0, v))
  return [clamp(x0 / width), clamp(y0 / height), clamp(x1 / width), clamp(y1 / height)]
}

async function detectLines(
  session: Session,
  page: Page,
  { picture: spec }: DenseManifest,
): Promise<Detection> {
  if (page.image.data.length === 0 || page.image.width * page.image.height !== page.image.data.length)
    throw new ParallaxError('E_ENGINE', 'The dense model could not read the page: it has no pixels.')
  const picture = await pictureOf(page.image, spec)
  const { fine, joined, core, extent, fields } = await session.run({ image: picture.tensor })
  return { picture, fine: fine!, joined: joined!, core: core!, extent: extent!, fields: fields! }
}

async function read(
  session: Session,
  { number }: Page,
  { picture, fine, joined, core, extent }: Detection,
  spelling: { readonly manifest: DenseManifest; readonly characters: CharacterModel },
): Promise<DensePage> {
  const { cells, frames, alphabet } = spelling.manifest
  const lines = linesOf(core, extent, cells)
  if (lines.length === 0)
    return {
      page: toOcrPage(number, []),
      readings: new Map(),
      hidden: { data: new Float32Array(), shape: [0, 0] },
    }
  const [down, across] = picture.tensor.shape.slice(-2) as [number, number]
  const { stretches, points, present } = framesOf(lines, frames, across, down)
  const { hidden, probabilities } = await session.run({ fine, joined, points, present })
  const classes = new Map(Array.from(alphabet, (c, i) => [i + 1, c]))
  const spec = { alphabet: classes, model: spelling.characters, frames }
  const found = stretches
    .flatMap((stretch) => wordsOf(stretch, probabilities!, spec))
    .map(({ word, readings }) => ({ word: { ...word, box: inPage(word.box, picture) }, readings }))
  return {
    page: toOcrPage(
      number,
      found.map(({ word }) => word),
    ),
    readings: new Map(found.map(({ word, readings }) => [word, readings])),
    hidden: hidden!,
  }
}

async function name(
  session: Session,
  { page, readings, hidden }: DensePage,
  manifest: DenseManifest,
): Promise<Entity[]> {
  const words = page.lines.flatMap((line) => line.words)
  if (words.length === 0) return []
  const stretches: IntTensor = {
    data: BigInt64Array.from(words.flatMap((word) => [...readings.get(word)!].map(BigInt))),
    shape: [words.length, 2],
  }
  // It was trained on words that are certain to be what they are.
  const certain = page.lines.map((line) => ({
    ...line,
    words: line.words.map((w) => ({ ...w, confidence: 1 })),
  }))
  const features = featuresOf(certain, manifest.features)
  const chars = charsOf(words, manifest.features)
  const { tags, starts } = await session.run({ hidden, stretches, chars, features })
  const width = tags!.shape[1]!
  const logits = words.map((_, i) => tags!.data.subarray(i * width, (i + 1) * width))
  const prediction = { logits, starts: [...starts!.data] }
  const entities = decodeEntities(prediction, manifest, lineOfWords(page.lines))
  return entities.map((entity) => {
    const own = entity.words.map((i) => words[i]!)
    return { ...entity, confidence: entity.confidence * wordConfidence(own), page: page.page, words: own }
  })
}

/** All three, or none: what is open is closed when another cannot be opened. */
async function openParts(model: ModelFolder): Promise<readonly [Session, Session, Session]> {
  const opened: Session[] = []
  try {
    for (const part of ['look', 'read', 'name'])
      opened.push(await openSession(await model.read(`${part}.onnx`)))
    return opened as [Session, Session, Session]
  } catch (error) {
    for (const session of opened) await session.close()
    throw error
  }
}

/** Opens a dense model; E_ENGINE when it, or the character model beside it, cannot be used. */
export async function openDense(model: ModelFolder): Promise<DenseNetwork> {
  const manifest = parseManifest(model)
  const folder = await openModel(currentModels.characters)
  const characters = await openCharacterModel(folder)
  const [looking, reading, naming] = await openParts(model)
  return {
    name: model.name,
    revision: `${model.revision} ${modelText(folder)}`,
    manifest,
    detect: (page) => detectLines(looking, page, manifest),
    read: (page, seen) => read(reading, page, seen, { manifest, characters }),
    label: (read) => name(naming, read, manifest),
    async close() {
      for (const session of [looking, reading, naming]) await session.close()
    },
  }
}
