import { useCallback, useState, type ReactNode } from 'react'
import { isUnanswered, sentenceOf } from '../http/service-error.ts'
import { fetchReview } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'
import { Failure } from '../shell/notice.tsx'
import { hrefOf } from '../shell/route.ts'
import { goToNext } from './use-ending.ts'
import { Workbench } from './workbench.tsx'

/** In the place of a document that cannot be reviewed (any more). */
function NotThere({ id, error }: { readonly id: string; readonly error: unknown }): ReactNode {
  const [problem, setProblem] = useState<unknown>(null)
  return (
    <div className="narrow">
      <h1 tabIndex={-1}>This document waits for no review</h1>
      <p>{sentenceOf(error)}</p>
      {problem !== null && <Failure error={problem} />}
      <div className="batch-tools">
        <button
          type="button"
          className="primary"
          autoFocus
          onClick={() => void goToNext(id).catch(setProblem)}
        >
          Next document
        </button>
        <a className="button" href={hrefOf({ name: 'document', id })}>
          Look at it
        </a>
        <a className="button" href={hrefOf({ name: 'queue' })}>
          All that wait
        </a>
      </div>
    </div>
  )
}

function Bones(): ReactNode {
  return (
    <div className="workbench" role="status">
      <span className="unseen">Loading</span>
      <div className="paper bone" />
      <div className="values">
        <div className="bone" />
        <div className="bone" />
        <div className="bone" />
      </div>
    </div>
  )
}

/** The review of one document. */
export function ReviewPage({ id }: { readonly id: string }): ReactNode {
  const { value, error, reload, put } = useLoaded(
    useCallback((signal: AbortSignal) => fetchReview(id, signal), [id]),
  )
  if (value) return <Workbench review={value} saved={put} />
  if (error === null) return <Bones />
  if (isUnanswered(error))
    return (
      <div className="narrow">
        <h1 tabIndex={-1}>Review</h1>
        <Failure error={error} retry={reload} />
      </div>
    )
  return <NotThere id={id} error={error} />
}
