import createFetch, { type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch'
import type { paths } from './openapi.ts'
import { isBusy, pause, retryAfterMs, waitBefore, type RetryPolicy } from './retry-policy.ts'
import { refused, ServiceError, unanswered } from './service-error.ts'

type Method = 'get' | 'post' | 'put' | 'delete'

type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never
}[keyof paths]

type InitOf<Init> = undefined extends Init ? [init?: Init] : [init: Init]

type Operation<P extends keyof paths, M extends Method> = paths[P][M] & Record<string | number, unknown>

type Answer<P extends keyof paths, M extends Method, Init> = Extract<
  FetchResponse<Operation<P, M>, Init, `${string}/${string}`>,
  { readonly data: unknown }
>['data']

/** Asks one thing of the service, typed by its OpenAPI document; answers what it answers, rejects with a ServiceError. */
export type Call<M extends Method> = <P extends PathsOf<M>, Init extends MaybeOptionalInit<paths[P], M>>(
  path: P,
  ...init: InitOf<Init>
) => Promise<Answer<P, M, Init>>

export interface Calls {
  readonly get: Call<'get'>
  readonly post: Call<'post'>
  readonly put: Call<'put'>
  readonly delete: Call<'delete'>
}

export interface Connection extends RetryPolicy {
  readonly url: string
  readonly key: string | undefined
}

interface Init {
  readonly signal?: AbortSignal | null
  readonly params?: { readonly header?: Readonly<Record<string, string>> }
}

interface Outcome {
  readonly data?: unknown
  readonly error?: unknown
  readonly response: Response
}

type Ask = (method: Method, path: string, init: Init) => Promise<Outcome>

type Failure = { readonly error: ServiceError; readonly askedMs: number | null }

async function attempt(ask: () => Promise<Outcome>, url: string): Promise<{ data: unknown } | Failure> {
  try {
    const { data, error, response } = await ask()
    if (response.ok) return { data }
    return { error: refused(response, error), askedMs: retryAfterMs(response.headers.get('retry-after')) }
  } catch (cause) {
    const error = unanswered(cause, url)
    if (error instanceof ServiceError) return { error, askedMs: null }
    throw error
  }
}

/** Whether asking twice does no more than asking once. */
const isRepeatable = (method: Method, init: Init): boolean =>
  method === 'get' || method === 'put' || init.params?.header?.['idempotency-key'] !== undefined

/** The calls of a service. What it is too busy for is asked again, as is what got no answer where that does no harm. */
export function createCalls({ url, key, ...retryPolicy }: Connection): Calls {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
  // Typed by `Calls`: to compare it with the types of openapi-fetch takes the compiler minutes.
  const ask = createFetch<object>({ baseUrl: url, headers }).request as unknown as Ask

  async function call(method: Method, path: string, init: Init = {}): Promise<unknown> {
    for (let tries = 0; ; tries++) {
      const outcome = await attempt(() => ask(method, path, init), url)
      if (!('error' in outcome)) return outcome.data
      const { error, askedMs } = outcome
      const mayRepeat = isBusy(error) || (error.code === 'E_UNREACHABLE' && isRepeatable(method, init))
      const waitMs = mayRepeat ? waitBefore(retryPolicy, tries, askedMs) : null
      if (waitMs === null) throw error
      await pause(waitMs, init.signal)
    }
  }

  const of = (method: Method) => (path: string, init?: Init) => call(method, path, init)
  const calls: object = { get: of('get'), post: of('post'), put: of('put'), delete: of('delete') }
  return calls as Calls
}
