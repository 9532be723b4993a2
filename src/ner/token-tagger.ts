import { wordConfidence, type OcrPage } from '../core/document.ts'
import type { Entity, EntityTagger } from '../core/engines.ts'
import { ParallaxError } from '../core/errors.ts'
import type { ModelFolder } from '../onnx/model-folder.ts'
import { openSession, type Session } from '../onnx/session.ts'
import { decodeEntities, inDocument, lineOfWords } from '../onnx/tokens/decode.ts'
import { charsOf, featuresOf } from '../onnx/tokens/features.ts'
import { taggerManifestSchema, type TaggerManifest } from '../onnx/tokens/manifest.ts'
import { predict } from '../onnx/tokens/windows.ts'

async function tagPage(
  { page, lines }: OcrPage,
  session: Session,
  manifest: TaggerManifest,
): Promise<Entity[]> {
  const words = lines.flatMap((line) => line.words)
  if (words.length === 0) return []
  const { features, windows } = manifest
  const prediction = await predict(session, charsOf(words, features), featuresOf(lines, features), windows)
  return decodeEntities(prediction, manifest, lineOfWords(lines)).map(
    ({ label, confidence, group, words: indices }) => {
      const own = indices.map((i) => words[i]!)
      return { label, confidence: confidence * wordConfidence(own), page, words: own, group }
    },
  )
}

/**
 * A network that labels words by their characters and places (a transformer encoder over the words of a page, trained by
 * this project); several entities of a label are candidates, the likeliest first.
 */
export async function openTokenTagger(model: ModelFolder): Promise<EntityTagger> {
  const parsed = taggerManifestSchema.safeParse(model.manifest)
  if (!parsed.success)
    throw new ParallaxError(
      'E_ENGINE',
      `The model ${model.name} is no tagger that this version of Parallax can use.`,
    )
  const manifest = parsed.data
  const session = await openSession(await model.read('model.onnx'))
  return {
    name: model.name,
    revision: model.revision,
    labels: [...manifest.labels.values, ...manifest.labels.keys],
    async tag(pages, signal) {
      const found: Entity[][] = []
      for (const page of pages) {
        signal?.throwIfAborted()
        found.push(await tagPage(page, session, manifest))
      }
      signal?.throwIfAborted()
      return inDocument(found)
    },
    dispose: () => session.close(),
  }
}
