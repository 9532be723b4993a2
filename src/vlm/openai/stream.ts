import type { IncomingMessage } from 'node:http'
import { createParser } from 'eventsource-parser'
import { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'
import { Failure, sayingOf } from './failure.ts'
import { choiceSchema, Transcript, type Written } from './transcript.ts'

const longestEvent = 1024 * 1024
const longestStream = 64 * 1024 * 1024

const chunkSchema = z.object({ choices: z.array(choiceSchema) })
const codeSchema = z.object({ code: z.int().min(400).max(599) })
const faultSchema = z.object({ error: z.union([z.string(), z.looseObject({})]) })

const tooLarge = (): ParallaxError =>
  new ParallaxError('E_OUTPUT_TOO_LARGE', 'The vision-language server sent far more than an answer.')

/** The data of the events, as they come. */
async function* events(response: IncomingMessage): AsyncGenerator<string> {
  let [size, overflow] = [0, false]
  const ready: string[] = []
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent: ({ data }) => ready.push(data),
    onError: ({ type }) => (overflow ||= type === 'max-buffer-size-exceeded'),
  })
  for await (const text of response.setEncoding('utf8') as AsyncIterable<string>) {
    parser.feed(text)
    size += text.length
    if (overflow || size > longestStream) throw tooLarge()
    yield* ready.splice(0)
  }
}

function parseChunk(data: string, key: string | undefined): z.infer<typeof chunkSchema> {
  let json: unknown
  try {
    json = JSON.parse(data)
  } catch {
    throw new Failure(null, 'sends events that are not JSON.')
  }
  const fault = faultSchema.safeParse(json)
  if (fault.success) {
    const { code = 500 } = codeSchema.safeParse(fault.data.error).data ?? {}
    throw new Failure(code, sayingOf(data, key))
  }
  const chunk = chunkSchema.safeParse(json)
  if (chunk.success) return chunk.data
  throw new Failure(null, `sends events that are no pieces of an answer: ${sayingOf(data, key)}`)
}

async function collect(response: IncomingMessage, key: string | undefined): Promise<Written> {
  const transcript = new Transcript()
  for await (const data of events(response)) {
    if (data.trim() === '[DONE]') return transcript.end('stop')
    for (const choice of parseChunk(data, key).choices) {
      const written = transcript.add(choice)
      if (written) return written
    }
  }
  throw new Failure(null, 'closed the connection before its answer was complete.')
}

/** Reads an answer to its end, or until it is plain that no good one follows; Failure for one that is cut. */
export async function readStream(
  response: IncomingMessage,
  key: string | undefined,
  signal: AbortSignal,
): Promise<Written> {
  try {
    return await collect(response, key)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Failure || error instanceof ParallaxError) throw error
    throw new Failure(null, 'closed the connection before its answer was complete.')
  } finally {
    response.destroy()
  }
}
