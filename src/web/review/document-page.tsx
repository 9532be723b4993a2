import { useCallback, useEffect, useState, type ReactNode } from 'react'
import type { Session } from '../../contract/common.ts'
import type { JobAnswer } from '../../contract/jobs.ts'
import type { DocumentAnswer, Review } from '../../contract/review.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { mayAs } from '../http/access.ts'
import { fetchDocument, reopenReview } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'
import { partOfStatus } from '../shell/parts.ts'
import { Failure, Loading } from '../shell/notice.tsx'
import { go, hrefOf } from '../shell/route.ts'
import { saidOf, statusWords } from '../shell/words.ts'
import { DocumentHistory } from './document-history.tsx'
import { Flags } from './flags.tsx'
import { Paper } from './paper.tsx'
import { ReadValues } from './read-values.tsx'
import { useWorkState } from './use-work.ts'
import { WorkProvider } from './work.ts'

const canReopen = new Set<JobAnswer['status']>(['accepted', 'reviewed', 'rejected'])

/** In the place of what was not read (yet). */
const unread = ({ file }: JobAnswer): ExtractionResult => ({
  version: 1,
  file,
  documentType: '',
  route: 'auto',
  reason: '',
  verdict: 'needs_review',
  data: null,
  fields: {},
  flags: [],
  attempts: [],
  error: null,
  ms: 0,
})

function Says({ document: { job, row } }: { readonly document: DocumentAnswer }): ReactNode {
  const error = job.error ?? row?.error
  const why = saidOf(job.rejection)
  return (
    <>
      <p>
        <span className={`pill ${partOfStatus(job.status)}`}>{statusWords[job.status]}</span>{' '}
        {job.reviewedBy !== null && <span className="soft">by {job.reviewedBy}</span>}
      </p>
      {why !== '' && <p>{why}</p>}
      {error && <p>{error.message}</p>}
      {!error && row === null && <p className="soft">There are no values yet.</p>}
      {row && <Flags flags={row.flags} />}
    </>
  )
}

function Ways({ job, session }: { readonly job: JobAnswer; readonly session: Session }): ReactNode {
  const [problem, setProblem] = useState<unknown>(null)
  const reviews = mayAs(session, 'reviewer')
  const reopen = (): void => {
    setProblem(null)
    reopenReview(job.id).then(() => go({ name: 'review', id: job.id }), setProblem)
  }
  return (
    <div className="ways">
      {problem !== null && <Failure error={problem} />}
      <div className="ends">
        {reviews && canReopen.has(job.status) && (
          <button type="button" className="primary" onClick={reopen}>
            Reopen
          </button>
        )}
        {reviews && job.status === 'needs_review' && (
          <a className="button primary" href={hrefOf({ name: 'review', id: job.id })}>
            Review
          </a>
        )}
        <a className="button" href={hrefOf({ name: 'batch', id: job.batch })}>
          Its batch
        </a>
      </div>
    </div>
  )
}

const nothing = (): void => {}

function DocumentView({
  document: found,
  session,
}: {
  readonly document: DocumentAnswer
  readonly session: Session
}): ReactNode {
  const [page, setPage] = useState(1)
  const review: Review = { ...found, row: found.row ?? unread(found.job) }
  const [shown] = useState(review)
  const work = useWorkState(shown, { showKeys: nothing, put: nothing, readOnly: true })
  const { file } = found.job
  useEffect(() => {
    document.title = `${file} · Parallax`
    return () => {
      document.title = 'Parallax'
    }
  }, [file])
  return (
    <WorkProvider value={work}>
      <div className="workbench">
        {found.pages.length > 0 ? (
          <Paper page={page} setPage={setPage} keyBox={null} setKeyBox={nothing} read={nothing} />
        ) : (
          <div className="paper">
            <p className="no-picture">This document has no page that can be shown.</p>
          </div>
        )}
        <div className="values">
          <div className="review-title">
            <h1 tabIndex={-1}>
              <bdi>{file}</bdi>
            </h1>
          </div>
          <div className="review-form">
            <Says document={found} />
            {found.row?.data != null && <ReadValues form={found.form} />}
            <DocumentHistory open corrections={found.corrections} decisions={found.decisions} />
          </div>
          <Ways job={found.job} session={session} />
        </div>
      </div>
    </WorkProvider>
  )
}

/** Any document, to look at: its pages, its values, and what people did to it. */
export function DocumentPage({ id, session }: { readonly id: string; readonly session: Session }): ReactNode {
  const { value, error, reload } = useLoaded(
    useCallback((signal: AbortSignal) => fetchDocument(id, signal), [id]),
  )
  if (value) return <DocumentView document={value} session={session} />
  return (
    <div className="narrow">
      <h1 tabIndex={-1}>Document</h1>
      {error === null ? <Loading rows={5} /> : <Failure error={error} retry={reload} />}
    </div>
  )
}
