import { z } from 'zod'

/** What helps after an error: the same again, the other path, a person, or nothing. */
export type Remedy = 'retry' | 'reprocess' | 'review' | 'fail'

interface ErrorRule {
  readonly status: number
  readonly remedy: Remedy
}

/** Every error code with its HTTP status and remedy. */
export const errorRules = {
  E_NOT_IMAGE: { status: 415, remedy: 'fail' },
  E_UNSUPPORTED_TYPE: { status: 415, remedy: 'fail' },
  E_CORRUPT: { status: 422, remedy: 'fail' },
  E_PDF_ENCRYPTED: { status: 422, remedy: 'fail' },
  E_TOO_SMALL: { status: 422, remedy: 'fail' },
  E_TOO_MANY_PIXELS: { status: 413, remedy: 'fail' },
  E_TOO_MANY_PAGES: { status: 413, remedy: 'fail' },
  E_FILE_TOO_LARGE: { status: 413, remedy: 'fail' },
  E_NOT_READABLE: { status: 422, remedy: 'fail' },
  E_NO_TEXT: { status: 422, remedy: 'review' },
  E_LOW_CONFIDENCE: { status: 422, remedy: 'review' },
  E_SCHEMA_MISMATCH: { status: 422, remedy: 'reprocess' },
  E_UNSAFE_KEY: { status: 422, remedy: 'reprocess' },
  E_OUTPUT_TOO_LARGE: { status: 422, remedy: 'reprocess' },
  E_SCHEMA_UNSAFE: { status: 422, remedy: 'fail' },
  E_TYPE_INVALID: { status: 422, remedy: 'fail' },
  E_TIMEOUT: { status: 500, remedy: 'reprocess' },
  E_MEMORY: { status: 500, remedy: 'reprocess' },
  E_CRASHED: { status: 500, remedy: 'retry' },
  E_POISON: { status: 500, remedy: 'review' },
  E_ENGINE: { status: 500, remedy: 'fail' },
  E_BAD_REQUEST: { status: 400, remedy: 'fail' },
  E_AUTH: { status: 401, remedy: 'fail' },
  E_FORBIDDEN: { status: 403, remedy: 'fail' },
  E_NOT_FOUND: { status: 404, remedy: 'fail' },
  E_NOT_READY: { status: 409, remedy: 'retry' },
  E_IDEMPOTENCY_CONFLICT: { status: 409, remedy: 'fail' },
  E_CONFLICT: { status: 409, remedy: 'fail' },
  E_URL_BLOCKED: { status: 422, remedy: 'fail' },
  E_BUSY: { status: 429, remedy: 'retry' },
  E_DAMAGED: { status: 500, remedy: 'fail' },
  E_INTERNAL: { status: 500, remedy: 'fail' },
  E_QUEUE_DOWN: { status: 503, remedy: 'retry' },
  E_STORAGE: { status: 503, remedy: 'retry' },
} as const satisfies Record<string, ErrorRule>

export type ErrorCode = keyof typeof errorRules

/** Whether the fault is the document's or the call's, so that no other path can do better. */
export const isBadInput = (code: ErrorCode): boolean =>
  errorRules[code].remedy === 'fail' && errorRules[code].status < 500

const errorCodeSchema = z.enum(Object.keys(errorRules) as [ErrorCode, ...ErrorCode[]])

export const errorReportSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  retryable: z.boolean(),
})
/** An error as data: what a row, a ledger and an HTTP answer carry. */
export type ErrorReport = z.infer<typeof errorReportSchema>

/** The one error Parallax throws on purpose. The message is a sentence a person understands. */
export class ParallaxError extends Error {
  override readonly name = 'ParallaxError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  get remedy(): Remedy {
    return errorRules[this.code].remedy
  }

  toReport(): ErrorReport {
    return { code: this.code, message: this.message, retryable: this.remedy === 'retry' }
  }
}

/** Any thrown thing as a report; what was not thrown on purpose is `E_INTERNAL`. */
export function toErrorReport(error: unknown): ErrorReport {
  if (error instanceof ParallaxError) return error.toReport()
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'E_INTERNAL', message: `Unexpected error: ${message}`, retryable: false }
}

export const fromErrorReport = (report: ErrorReport): ParallaxError =>
  new ParallaxError(report.code, report.message)
