import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Endpoint } from './endpoint.ts'
import { Failure, sayingOf } from './failure.ts'

const longestFault = 64 * 1024
const longestWait = 60_000

function waitOf({ headers }: IncomingMessage): number | null {
  const after = headers['retry-after']
  if (after === undefined) return null
  const ms = /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now()
  return Number.isNaN(ms) ? null : Math.min(longestWait, Math.max(0, ms))
}

async function faultText(response: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk
    if (text.length > longestFault) break
  }
  return text
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'the connection failed'

async function exchange(endpoint: Endpoint, body: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, key } = endpoint
  const headers = {
    accept: 'text/event-stream',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  }
  const { request } = url.protocol === 'https:' ? https : http
  const sent = request(url, { method: 'POST', headers, signal })
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  sent.on('error', () => {}) // What comes after the headers shows on the response.
  sent.end(body)
  const [response] = await answered
  return response
}

/**
 * Asks a server and answers what it streams; Failure when it does not. Not with `fetch`, which gives up on a server that
 * thinks for five minutes before its first word, and follows redirects with the pages of a document.
 */
export async function post(endpoint: Endpoint, body: object, signal: AbortSignal): Promise<IncomingMessage> {
  try {
    const response = await exchange(endpoint, JSON.stringify(body), signal)
    const { statusCode = 0, headers } = response
    if (statusCode === 200 && headers['content-type']?.startsWith('text/event-stream')) return response
    const said = sayingOf(await faultText(response), endpoint.key)
    if (statusCode !== 200) throw new Failure(statusCode, said, waitOf(response))
    throw new Failure(200, `no stream of events, but ${said}`)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Failure) throw error
    throw new Failure(null, `cannot be reached: ${reasonOf(error)}.`)
  }
}
