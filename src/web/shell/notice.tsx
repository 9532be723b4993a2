import type { ReactNode } from 'react'
import { sentenceOf } from '../http/service-error.ts'

/** What went wrong, in a sentence, and what can be done about it. */
export function Failure({
  error,
  retry,
}: {
  readonly error: unknown
  readonly retry?: () => void
}): ReactNode {
  return (
    <div className="notice bad" role="alert">
      <p>{sentenceOf(error)}</p>
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  )
}

/** In the place of what is still being fetched, as high as that will about be. */
export function Loading({ rows = 3 }: { readonly rows?: number }): ReactNode {
  return (
    <div className="loading" role="status">
      <span className="unseen">Loading</span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="bone" aria-hidden="true" />
      ))}
    </div>
  )
}

interface EmptyProps {
  readonly title: string
  readonly children: ReactNode
}

export function Empty({ title, children }: EmptyProps): ReactNode {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <div>{children}</div>
    </div>
  )
}
