import type { ErrorCode, ErrorReport } from '../../core/errors.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'

/** What submitters are told in place of messages for the service's operator, which may name files. */
const sentences: Partial<Record<ErrorCode, string>> = {
  E_STORAGE: 'The service could not use what it had stored of this document. Submit it again.',
  E_INTERNAL: 'Something went wrong inside the service while it read this document. Its log says more.',
}

const sentenceFor = ({ code, message }: ErrorReport): string => sentences[code] ?? message

/** An error as those are told whose document it is, who need not be those who run the service. */
export const redactedError = (error: ErrorReport): ErrorReport => ({ ...error, message: sentenceFor(error) })

/** A result as those are told whose document it is, see `redactedError`. */
export function redactedResult(result: ExtractionResult): ExtractionResult {
  const { error, attempts } = result
  return {
    ...result,
    ...(error && {
      error: redactedError(error),
      reason: result.reason.replace(error.message, () => sentenceFor(error)),
    }),
    attempts: attempts.map((one) => (one.error ? { ...one, error: redactedError(one.error) } : one)),
  }
}
