import type { ErrorCode, ErrorReport } from '../../core/errors.ts'
import type { Row } from '../../core/row.ts'

/** What strangers are told of a document where the sentence is for whoever runs the service: it may name files. */
const sentences: Partial<Record<ErrorCode, string>> = {
  E_STORAGE: 'The service could not use what it had stored of this document. Submit it again.',
  E_INTERNAL: 'Something went wrong inside the service while it read this document. Its log says more.',
}

const sentenceFor = ({ code, message }: ErrorReport): string => sentences[code] ?? message

/** An error as those are told whose document it is, who need not be those who run the service. */
export const discreetError = (error: ErrorReport): ErrorReport => ({ ...error, message: sentenceFor(error) })

/** A row as those are told whose document it is, see `discreetError`. */
export function discreetRow(row: Row): Row {
  const { error, attempts } = row
  return {
    ...row,
    ...(error && {
      error: discreetError(error),
      reason: row.reason.replace(error.message, () => sentenceFor(error)),
    }),
    attempts: attempts.map((one) => (one.error ? { ...one, error: discreetError(one.error) } : one)),
  }
}
