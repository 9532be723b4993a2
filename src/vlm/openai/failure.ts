import { z } from 'zod'
import { ParallaxError } from '../../core/errors.ts'

/** A server that did not answer as it should. Never leaves this folder: `toError` makes of it what people see. */
export class Failure extends Error {
  /** Null where the connection failed. */
  readonly status: number | null
  /** How long the server asks to be left alone. */
  readonly waitMs: number | null

  constructor(status: number | null, said: string, waitMs: number | null = null) {
    super(said)
    this.status = status
    this.waitMs = waitMs
  }

  get mayPass(): boolean {
    return this.status === null || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

const detailSchema = z
  .array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() }))
  .transform((all) => all.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; '))
const faultSchema = z
  .object({ message: z.string(), param: z.string().nullish() })
  .transform(({ message, param }) => (param ? `${message} (${param})` : message))
/** As OpenAI, vLLM, FastAPI and Ollama say what is wrong. */
const bodySchema = z.union([
  z.object({ error: z.union([z.string(), faultSchema]) }).transform(({ error }) => error),
  z.object({ detail: z.union([z.string(), detailSchema]) }).transform(({ detail }) => detail),
  z.object({ message: z.string() }).transform(({ message }) => message),
])

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** What a server said of a fault, in one line; without the key, should it repeat it. */
export function sayingOf(body: string, key: string | undefined): string {
  const { data = body } = bodySchema.safeParse(parsed(body))
  const hidden = key === undefined ? data : data.replaceAll(key, '…')
  return hidden.replace(/\s+/g, ' ').trim().slice(0, 300)
}

const addressHelp = 'Its URL must go up to and with /v1, and it must have the model.'

function sentence({ status, message }: Failure): string {
  if (status === null) return message
  if (status === 401 || status === 403) return `refuses the key (status ${status}).`
  const help = status === 404 || status === 200 ? ` ${addressHelp}` : ''
  return `answers with status ${status}: ${message || 'no reason given'}.${help}`
}

export const toError = (failure: Failure, host: string): ParallaxError =>
  new ParallaxError('E_ENGINE', `The vision-language server ${host} ${sentence(failure)}`)
