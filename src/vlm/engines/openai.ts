import type { DocumentType } from '../../core/document-type.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { Candidate, Violation } from '../../core/extraction.ts'
import { schemaOf } from '../../core/schema-node.ts'
import type { VlmBackend, VlmPrediction, VlmSettings } from '../../core/vlm.ts'
import { askedSchema } from '../openai/answer-schema.ts'
import { createAsk, type Ask } from '../openai/ask.ts'
import { withDeadline } from '../openai/deadline.ts'
import { endpointOf } from '../openai/endpoint.ts'
import { toPicture } from '../openai/picture.ts'
import { questionAgain, questionOf } from '../openai/question.ts'
import { answerIn } from '../openai/thoughts.ts'
import type { Written } from '../openai/transcript.ts'
import { understand } from '../openai/understand.ts'

/** By which this adapter gives up before whoever waits for it does. */
const grace = 5_000

const retried = (faults: readonly string[]): Violation => ({
  code: 'OUTPUT_RETRIED',
  field: null,
  message: `The model was asked twice; of its first answer: ${faults.join('; ')}.`,
})

const toPrediction = (candidate: Candidate, text: string, { stopReason }: Written): VlmPrediction => ({
  ...candidate,
  text,
  stopReason,
  legibility: [],
})

/** Asks, and once more with what was wrong when nothing can be made of the answer. */
async function predict(
  ask: Ask,
  pictures: readonly string[],
  type: DocumentType,
  signal: AbortSignal,
): Promise<VlmPrediction> {
  const schema = schemaOf(type)
  const question = questionOf(type, askedSchema(schema), pictures)
  const written = await ask(question, signal)
  const first = understand(written, type, schema)
  if (first.candidate) return toPrediction(first.candidate, first.text, written)
  const { faults } = first
  const again = await ask(questionAgain(question, answerIn(written.text)?.text ?? '', faults), signal)
  const second = understand(again, type, schema)
  if (second.candidate) {
    const violations = [...second.candidate.violations, retried(faults)]
    return toPrediction({ ...second.candidate, violations }, second.text, again)
  }
  const why = second.faults.join('; ')
  throw new ParallaxError('E_SCHEMA_MISMATCH', `No data can be made of the model's answer: ${why}.`)
}

/**
 * Any server that speaks the protocol of OpenAI's chat completions: vLLM, Ollama, llama.cpp or a hosted one. A confidence is
 * the probability that the model gave to its value, and 0.5 where the server does not tell.
 */
export default async function openai(model: string | null, settings: VlmSettings): Promise<VlmBackend> {
  if (model === null)
    throw new ParallaxError('E_BAD_REQUEST', 'The backend "openai" needs a model: openai:MODEL.')
  const endpoint = endpointOf(settings)
  const ask = createAsk(model, endpoint)
  return {
    name: 'openai',
    revision: `${model}@${endpoint.server}`,
    uprightLegibility: null,
    timeoutMs: settings.timeoutMs + grace,
    predict: (pages, type, signal) =>
      withDeadline(settings.timeoutMs, signal, async (ending) => {
        const pictures = await Promise.all(pages.map(toPicture))
        return predict(ask, pictures, type, ending)
      }),
  }
}
