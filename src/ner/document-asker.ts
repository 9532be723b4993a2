import { wordConfidence } from '../core/document.ts'
import type { Entity, EntityTagger } from '../core/engines.ts'
import { ParallaxError } from '../core/errors.ts'
import type { FieldQuestion } from '../core/field-question.ts'
import { answersOn } from '../onnx/document/answers.ts'
import { askerManifestSchema } from '../onnx/document/manifest.ts'
import type { ModelFolder } from '../onnx/model-folder.ts'
import { openSession } from '../onnx/session.ts'

/** From here on an answer is worth looking at. */
const least = 0.02

/**
 * A network that is asked for the fields of a schema (an encoder over the words of a page and pointers from values to their
 * captions, trained by this project on made-up pages). Its labels are the pointers of the fields; of each it gives candidates
 * of all pages, the likeliest first. E_ENGINE where the model is none that can be asked.
 */
export async function openDocumentAsker(
  model: ModelFolder,
  questions: readonly FieldQuestion[],
): Promise<EntityTagger> {
  const parsed = askerManifestSchema.safeParse(model.manifest)
  if (!parsed.success)
    throw new ParallaxError(
      'E_ENGINE',
      `The model ${model.name} is none that this version of Parallax can ask by a schema.`,
    )
  const session = await openSession(await model.read('model.onnx'))
  return {
    name: model.name,
    revision: model.revision,
    labels: questions.map(({ pointer }) => pointer),
    async tag(pages, signal) {
      const found: Entity[] = []
      for (const { page, lines } of pages) {
        signal?.throwIfAborted()
        const answers = await answersOn(lines, questions, session, parsed.data)
        for (const { question, words, probability } of answers) {
          if (probability < least) continue
          const confidence = probability * wordConfidence(words)
          found.push({ label: question.pointer, confidence, page, words, group: null })
        }
      }
      signal?.throwIfAborted()
      return found.sort((a, b) => b.confidence - a.confidence)
    },
    dispose: () => session.close(),
  }
}
