import type { z } from 'zod'
import { problemSchema } from '../../contract/common.ts'
import { access } from './access.ts'
import { found, lost } from './connection.ts'
import { isAborted, ServiceError } from './service-error.ts'

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly json?: unknown
  readonly form?: FormData
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

const noAnswer = 'Parallax does not answer. It may be restarting.'

const bodyOf = ({ json, form }: Ask): BodyInit | null =>
  form ?? (json === undefined ? null : JSON.stringify(json))

async function send(path: string, ask: Ask): Promise<Response> {
  try {
    const answer = await fetch(path, {
      method: ask.method ?? 'GET',
      headers: { ...(ask.json !== undefined && { 'content-type': 'application/json' }), ...ask.headers },
      body: bodyOf(ask),
      cache: 'no-store',
      ...(ask.signal && { signal: ask.signal }),
    })
    found()
    return answer
  } catch (error) {
    if (isAborted(error)) throw error
    lost()
    throw new ServiceError(null, noAnswer, { cause: error })
  }
}

async function problemOf(answer: Response): Promise<ServiceError> {
  const body: unknown = await answer.json().catch(() => null)
  const problem = problemSchema.safeParse(body)
  if (!problem.success) return new ServiceError('E_INTERNAL', `The service answered ${answer.status}.`)
  return new ServiceError(problem.data.code, problem.data.message)
}

async function answered(path: string, ask: Ask): Promise<Response> {
  return requireGood(await send(path, ask))
}

async function requireGood(answer: Response): Promise<Response> {
  if (answer.ok) return answer
  if (answer.status === 401) access.set({ state: 'out' })
  throw await problemOf(answer)
}

/** Asks the service; rejects with a ServiceError whenever there is no good answer. */
export async function request<S extends z.ZodType>(
  schema: S,
  path: string,
  ask: Ask = {},
): Promise<z.infer<S>> {
  return understood(schema, await send(path, ask))
}

/** What an answer says; rejects with a ServiceError unless it is a good one. */
export async function understood<S extends z.ZodType>(schema: S, given: Response): Promise<z.infer<S>> {
  const answer = await requireGood(given)
  const parsed = schema.safeParse(await answer.json().catch(() => null))
  if (parsed.success) return parsed.data
  throw new ServiceError('E_INTERNAL', 'The service answered what this page does not understand.', {
    cause: parsed.error,
  })
}

/** As `request`, where the answer is text. */
export const requestText = async (path: string, ask: Ask = {}): Promise<string> =>
  (await answered(path, ask)).text()

/** As `request`, where no answer is expected but that it was done. */
export async function tell(path: string, ask: Ask): Promise<void> {
  await answered(path, ask)
}
