import { setTimeout as pause } from 'node:timers/promises'
import type { Endpoint } from './endpoint.ts'
import { Failure, toError } from './failure.ts'
import { post } from './post.ts'
import { toBody, type Question } from './question.ts'
import { fallBack, allCapabilities, type Capabilities } from './capability-fallback.ts'
import { readStream } from './stream.ts'
import type { Written } from './transcript.ts'

const mostTries = 4
const firstWait = 500

const tryOnce = async (to: Endpoint, body: object, signal: AbortSignal): Promise<Written> =>
  readStream(await post(to, body, signal), to.key, signal)

/** As long as the server wishes, else twice as long each time, and never at the same moment as others. */
async function wait({ waitMs }: Failure, tries: number, signal: AbortSignal): Promise<void> {
  const ms = waitMs ?? firstWait * 2 ** (tries - 1) * (0.75 + Math.random() / 2)
  await pause(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
}

/** A type that is no JSON Schema leaves nothing to hold a model to. */
const firstFormat = ({ schema }: Question): Capabilities['format'] =>
  Object.keys(schema).length === 0 ? 'json_object' : allCapabilities.format

export type Ask = (question: Question, signal: AbortSignal) => Promise<Written>

/**
 * How a server is asked. What it refuses to be asked for is left out, and remembered: of the format for the type of
 * document, as some schemas are refused for what stands in them, and of all else for every type. What may pass is tried again.
 */
export function createAsk(model: string, endpoint: Endpoint): Ask {
  const formats = new Map<string, Capabilities['format']>()
  let known = allCapabilities
  return async (question, signal) => {
    let [capabilities, tries]: [Capabilities, number] = [
      { ...known, format: formats.get(question.name) ?? firstFormat(question) },
      0,
    ]
    for (;;) {
      try {
        const written = await tryOnce(endpoint, toBody(model, question, capabilities), signal)
        formats.set(question.name, capabilities.format)
        known = capabilities
        return written
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        const lower = fallBack(capabilities, error.status, error.message)
        if (!lower && (!error.mayPass || ++tries === mostTries)) throw toError(error, endpoint.host)
        if (lower) capabilities = lower
        else await wait(error, tries, signal)
      }
    }
  }
}
