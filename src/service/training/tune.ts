import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { FieldQuestion } from '../../core/field-question.ts'
import { modelPlace } from '../../onnx/model-folder.ts'
import { anyDocument } from '../../onnx/own-model.ts'
import { runTraining } from './python.ts'
import type { Studied } from './usable.ts'

/** Of training: a step of so many. */
export type OnStep = (done: number, total: number) => void

/** How long to learn, and with what. */
export interface Tuning {
  readonly python: string
  readonly threads: number
  /** Left out, by the number of pages. */
  readonly steps?: number | undefined
  /** Weights that the model for any document was exported from, where they do not lie beside it. */
  readonly weights?: string | undefined
}

const lineSchema = z.union([
  z.object({ networks: z.int(), steps: z.int() }),
  z.object({ network: z.string(), step: z.int(), steps: z.int(), loss: z.number() }),
  z.object({ done: z.literal(true), seconds: z.number() }),
])

/** The examples as `parallax_training.document` reads them, see its `own.py`. */
async function writeExamples(
  folder: string,
  questions: readonly FieldQuestion[],
  documents: readonly Studied[],
  folds: readonly number[],
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const asked = questions.map(({ phrases, type, list }) => ({
    phrases: phrases.map(({ kind, text }) => [kind, text]),
    type,
    column: list !== null,
  }))
  await writeFile(join(folder, 'questions.json'), JSON.stringify(asked))
  const lines = documents.flatMap(({ lesson }, i) =>
    lesson.parts.map((part) => `${JSON.stringify({ fold: folds[i], ...part })}\n`),
  )
  await writeFile(join(folder, 'pages.jsonl'), lines.join(''))
}

/** Steps of all networks together, as lines of the training tell of them. */
function stepCounter(onStep: OnStep): (line: string) => void {
  let [total, before] = [0, 0]
  return (text) => {
    const parsed = lineSchema.safeParse(jsonOf(text))
    if (!parsed.success) return
    const told = parsed.data
    if ('networks' in told) total = told.networks * told.steps
    if (!('network' in told)) return
    onStep(before + told.step, total)
    if (told.step === told.steps) before += told.steps
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/**
 * Teaches the network for any document these documents: in `work`/models lie, as models, `fold-N` for each fold, which has learnt from
 * all others, and `all`.
 */
export async function tune(
  work: string,
  questions: readonly FieldQuestion[],
  documents: readonly Studied[],
  folds: readonly number[],
  { python, threads, steps, weights }: Tuning,
  onStep: OnStep,
  signal?: AbortSignal,
): Promise<string> {
  const examples = join(work, 'examples')
  const models = join(work, 'models')
  await writeExamples(examples, questions, documents, folds)
  const args = [
    ...['parallax_training.document', 'tune', '--examples', examples],
    ...['--model', await modelPlace(anyDocument), '--out', models, '--threads', String(threads)],
    ...(steps === undefined ? [] : ['--steps', String(steps)]),
    ...(weights === undefined ? [] : ['--weights', weights]),
  ]
  await runTraining(python, args, stepCounter(onStep), signal)
  return models
}
