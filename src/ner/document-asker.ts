import { wordConfidence } from '../core/document.ts'
import type { Entity, EntityTagger } from '../core/engines.ts'
import { ParallaxError } from '../core/errors.ts'
import type { FieldQuestion } from '../core/field-question.ts'
import { answersOn, type Answer } from '../onnx/document/answers.ts'
import { askerManifestSchema } from '../onnx/document/manifest.ts'
import type { ModelFolder } from '../onnx/model-folder.ts'
import { openSession } from '../onnx/session.ts'
import { recordsOf } from './records-of-cells.ts'

/** From here on an answer is worth looking at. */
const least = 0.02

const entityOf = ({ question, words, probability }: Answer, page: number, group: number | null): Entity => ({
  label: question.pointer,
  confidence: probability * wordConfidence(words),
  page,
  words,
  group,
})

/**
 * A network that is asked for the fields of a schema (an encoder over the words of a page and pointers from values to their
 * captions, trained by this project on made-up pages). Its labels are the pointers of the fields; of each it gives candidates
 * of all pages, the likeliest first, and of columns the cells, a group a record. E_ENGINE where the model is none that can be asked.
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
  const lists = [...new Set(questions.flatMap(({ list }) => list ?? []))]
  return {
    name: model.name,
    revision: model.revision,
    labels: questions.map(({ pointer }) => pointer),
    async tag(pages, signal) {
      const values: Entity[] = []
      const cells: Entity[] = []
      let records = 0
      for (const { page, lines } of pages) {
        signal?.throwIfAborted()
        const answers = await answersOn(lines, questions, session, parsed.data)
        const single = answers.filter(({ question, probability }) => !question.list && probability >= least)
        values.push(...single.map((answer) => entityOf(answer, page, null)))
        for (const list of lists) {
          const own = recordsOf(answers.filter(({ question }) => question.list === list))
          cells.push(...own.flatMap((record, i) => record.map((cell) => entityOf(cell, page, records + i))))
          records += own.length
        }
      }
      signal?.throwIfAborted()
      return [...values.sort((a, b) => b.confidence - a.confidence), ...cells]
    },
    dispose: () => session.close(),
  }
}
