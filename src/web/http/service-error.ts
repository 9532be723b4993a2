import type { ErrorCode } from '../../core/errors.ts'

/** Why a call came to nothing; without a code when nobody answered. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: ErrorCode | null

  constructor(code: ErrorCode | null, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export const isUnanswered = (error: unknown): boolean => error instanceof ServiceError && error.code === null

export const isAborted = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError'

/** What to tell a person of anything that was thrown. */
export const sentenceOf = (error: unknown): string =>
  error instanceof ServiceError ? error.message : `Something unexpected went wrong: ${String(error)}`
