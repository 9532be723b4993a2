import { useCallback, useState, type ReactNode } from 'react'
import type { Waiting } from '../../contract/review.ts'
import { fetchQueue } from '../http/service.ts'
import { useLoaded } from '../http/use-loaded.ts'
import { flagText } from '../shell/flag-text.ts'
import { Empty, Failure, Loading } from '../shell/notice.tsx'
import { hrefOf } from '../shell/route.ts'
import { plural, when } from '../shell/words.ts'
import { goToNext } from './use-ending.ts'

const shown = 100
const mostSaid = 3

function WaitingCard({ waiting }: { readonly waiting: Waiting }): ReactNode {
  const { job, flags, documentType } = waiting
  return (
    <li className="waiting card">
      <h2>
        <a href={hrefOf({ name: 'review', id: job.id })}>
          <bdi>{job.file}</bdi>
        </a>
      </h2>
      <p className="soft">
        {documentType}, {when(job.createdAt)}
      </p>
      <ul>
        {flags.slice(0, mostSaid).map((flag) => (
          <li key={`${flag.code} ${flag.field}`}>{flagText(flag)}</li>
        ))}
        {flags.length > mostSaid && <li className="soft">and {flags.length - mostSaid} more</li>}
      </ul>
    </li>
  )
}

function Start({ total }: { readonly total: number }): ReactNode {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const start = (): void => {
    setBusy(true)
    goToNext(null)
      .catch(setProblem)
      .finally(() => setBusy(false))
  }
  return (
    <div className="start">
      <button type="button" className="primary large" autoFocus disabled={busy} onClick={start}>
        {total === 1 ? 'Review it' : 'Start reviewing'} <kbd aria-hidden="true">⏎</kbd>
      </button>
      <p className="soft">
        {plural(total, 'document')} {total === 1 ? 'waits' : 'wait'}, first those where a minute puts most
        right.
      </p>
      {problem !== null && <Failure error={problem} />}
    </div>
  )
}

/** What waits for a person, in the order in which it is best looked at. */
export function QueuePage(): ReactNode {
  const { value, error, reload } = useLoaded(
    useCallback((signal: AbortSignal) => fetchQueue(shown, signal), []),
  )
  return (
    <>
      <h1 tabIndex={-1}>Review</h1>
      {error !== null && <Failure error={error} retry={reload} />}
      {value === null && error === null && <Loading rows={4} />}
      {value?.total === 0 && (
        <Empty title="Nothing waits for you">
          <p>
            Every document that was read is either accepted or has been looked at.{' '}
            <a href={hrefOf({ name: 'batches' })}>Read more documents</a>
          </p>
        </Empty>
      )}
      {value && value.total > 0 && (
        <>
          <Start total={value.total} />
          <ol className="queue" aria-label="Waiting documents">
            {value.items.map((waiting) => (
              <WaitingCard key={waiting.job.id} waiting={waiting} />
            ))}
          </ol>
        </>
      )}
    </>
  )
}
