import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { z } from 'zod'

const partSchema = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
])
const bodySchema = z.looseObject({
  model: z.string(),
  stream: z.literal(true),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(partSchema)]) })),
  response_format: z.looseObject({ type: z.string() }).optional(),
})
type Body = z.infer<typeof bodySchema>

/** A question that reached the server. */
export interface Asked {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Body
  readonly pictures: readonly Buffer[]
}

export type Reply = (response: ServerResponse, asked: Asked) => void | Promise<void>

export interface TestServer {
  readonly url: string
  readonly host: string
  readonly asked: readonly Asked[]
  /** What it does with the next questions, one after the other; the last goes on for ever. */
  replies(...replies: readonly Reply[]): void
  close(): void
}

function picturesIn({ messages }: Body): readonly Buffer[] {
  const parts = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content))
  return parts.flatMap((part) =>
    part.type === 'image_url' ? [Buffer.from(part.image_url.url.split(',')[1]!, 'base64')] : [],
  )
}

/** A server on the loopback that speaks as OpenAI-compatible servers do, with the faults that they have. */
export async function startServer(): Promise<TestServer> {
  const asked: Asked[] = []
  let waiting: Reply[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body = bodySchema.parse(await json(request))
      const question = { path: request.url!, headers: request.headers, body, pictures: picturesIn(body) }
      asked.push(question)
      await (waiting.length > 1 ? waiting.shift()! : waiting[0]!)(response, question)
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}/v1`,
    host,
    asked,
    replies: (...replies) => (waiting = [...replies]),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

export type Token = readonly [token: string, logprob: number]

interface Saying {
  readonly finish?: string | null
  readonly tokens?: readonly Token[]
}

export const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`

export const begin = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })

function piece(content: string, logprob?: number): string {
  const logprobs = logprob === undefined ? null : { content: [{ token: content, logprob, bytes: [] }] }
  return event({ choices: [{ index: 0, delta: { content }, logprobs, finish_reason: null }] })
}

/** Streams a text in small pieces, or token by token with log probabilities. */
export const says =
  (text: string, { finish = 'stop', tokens }: Saying = {}): Reply =>
  (response) => {
    begin(response).write(': keep-alive\n\n')
    response.write(event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] }))
    for (const [token, logprob] of tokens ?? []) response.write(piece(token, logprob))
    if (!tokens) for (const part of text.match(/[^]{1,7}/g) ?? []) response.write(piece(part))
    response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: finish }] }))
    response.write(event({ choices: [], usage: { total_tokens: 1 } }))
    response.end('data: [DONE]\n\n')
  }

/** Streams pieces in which a server keeps a model's thoughts apart from what it says. */
export const sends =
  (deltas: readonly object[], finish = 'stop'): Reply =>
  (response) => {
    begin(response)
    for (const delta of deltas)
      response.write(event({ choices: [{ index: 0, delta, logprobs: null, finish_reason: null }] }))
    response.write(event({ choices: [{ index: 0, delta: { content: '' }, finish_reason: finish }] }))
    response.end('data: [DONE]\n\n')
  }

/** Refuses what a body must not have, as its validation says it, and else replies. */
export const accepts =
  (refused: (body: Asked['body']) => readonly [status: number, said: unknown] | null, reply: Reply): Reply =>
  (response, asked) => {
    const [status, said] = refused(asked.body) ?? []
    return status === undefined ? reply(response, asked) : refuses(status, said)(response, asked)
  }

export const saysJson = (value: unknown, saying?: Saying): Reply => says(JSON.stringify(value), saying)

/** Streams the same without end, until nobody listens. */
export const saysEndlessly =
  (start: string, again: string, ended?: () => void): Reply =>
  (response) => {
    begin(response).write(piece(start))
    response.on('close', () => ended?.())
    const more = (): void => {
      if (response.destroyed) return
      response.write(piece(again))
      setImmediate(more)
    }
    more()
  }

/** Begins to answer, and the connection breaks. */
export const breaksOff =
  (start: string): Reply =>
  (response) => {
    begin(response).write(piece(start), () => response.destroy())
  }

export const refuses =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  }

/** Begins to answer, and says no more. */
export const hangs =
  (begun?: () => void): Reply =>
  (response) => {
    begin(response).write(piece('{'), () => begun?.())
  }
