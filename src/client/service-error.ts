import { problemSchema } from '../contract/common.ts'
import { ParallaxError, type ErrorCode } from '../core/errors.ts'

/** Why a service did not do what it was asked; E_UNREACHABLE where none answered, or its answer broke off. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: ErrorCode | 'E_UNREACHABLE'
  /** Of the answer; null without one. */
  readonly status: number | null
  /** Whether the same again may succeed later. */
  readonly retryable: boolean

  constructor(
    { code, message, status, retryable }: Pick<ServiceError, 'code' | 'message' | 'status' | 'retryable'>,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.status = status
    this.retryable = retryable
  }
}

/** The problem that a service, or a proxy before it, answered with; `body` as text or as what its JSON says. */
export function refused({ status, statusText }: Response, body: unknown): ServiceError {
  const problem = problemSchema.safeParse(body)
  if (problem.success) return new ServiceError({ ...problem.data, status })
  const message = `The service answered ${status} ${statusText}`.trim()
  return new ServiceError({ code: 'E_INTERNAL', message: `${message}.`, status, retryable: status === 503 })
}

const notJson = 'The answer is not JSON: ask for another kind with parseAs, such as { parseAs: "text" }.'

/** What `fetch` and the reading of its answers throw, in words; anything else as it is. */
export function unanswered(cause: unknown, url: string): unknown {
  if (cause instanceof SyntaxError)
    return new ServiceError(
      { code: 'E_INTERNAL', message: notJson, status: null, retryable: false },
      { cause },
    )
  if (!(cause instanceof TypeError && cause.cause instanceof Error)) return cause
  if (cause.cause.name === 'NotReadableError')
    return new ParallaxError('E_NOT_READABLE', 'A file has changed or gone since it was opened.', { cause })
  const { code } = cause.cause as NodeJS.ErrnoException
  const message = `The service at ${url} does not answer${code === undefined ? '' : ` (${code})`}.`
  return new ServiceError({ code: 'E_UNREACHABLE', message, status: null, retryable: true }, { cause })
}
