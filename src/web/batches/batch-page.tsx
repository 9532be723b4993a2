import { useCallback, useState, type ReactNode } from 'react'
import type { Session } from '../../contract/common.ts'
import type { BatchAnswer } from '../../contract/jobs.ts'
import { mayAs } from '../http/access.ts'
import { deleteBatch, fetchBatch } from '../http/service.ts'
import { useBatchEvents } from '../http/use-events.ts'
import { useLoaded } from '../http/use-loaded.ts'
import { announce } from '../shell/announcer.tsx'
import { useQuestion } from '../shell/dialog.tsx'
import { Failure, Loading } from '../shell/notice.tsx'
import { go, hrefOf } from '../shell/route.ts'
import { plural, share, when } from '../shell/words.ts'
import { Downloads } from './downloads.tsx'
import { everything, ListFilterBar } from './list-filter.tsx'
import { JobTable, type JobActions } from './job-table.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { partsOf } from './progress.ts'
import { timeLeft } from './time-left.ts'
import { useFlags } from './use-flags.ts'
import { useJobs } from './use-jobs.ts'

function Tiles({ batch }: { readonly batch: BatchAnswer }): ReactNode {
  const { accepted, review, failed, dropped, open } = partsOf(batch)
  const ended = batch.total - open
  const shareOf = (count: number, words: string): string =>
    ended === 0 ? '' : `${share(count, ended)} ${words}`
  const tiles = [
    {
      name: 'accepted',
      label: 'Accepted',
      count: accepted,
      more: shareOf(batch.counts.accepted, 'without a look'),
    },
    { name: 'review', label: 'To review', count: review, more: shareOf(review, 'of what was read') },
    { name: 'failed', label: 'Failed', count: failed, more: shareOf(failed, 'could not be read') },
    {
      name: 'open',
      label: 'Being read',
      count: open,
      more: timeLeft(batch, Date.now()) ?? `${ended} of ${batch.total} done`,
    },
  ]
  return (
    <dl className="tiles">
      {tiles.map(({ name, label, count, more }) => (
        <div key={name} className={`tile ${name}`}>
          <dt>{label}</dt>
          <dd>
            <b>{count.toLocaleString('en')}</b>
            <span>{more}</span>
          </dd>
        </div>
      ))}
      {dropped > 0 && (
        <div className="tile-note soft">
          <dt>Rejected or cancelled</dt>
          <dd>{dropped}</dd>
        </div>
      )}
    </dl>
  )
}

function Documents({
  batch,
  actions,
}: {
  readonly batch: BatchAnswer
  readonly actions: JobActions
}): ReactNode {
  const [filter, setFilter] = useState(everything)
  const jobs = useJobs(batch.id, filter, JSON.stringify(batch.counts))
  const flags = useFlags(jobs.items ?? [])
  const bar = <ListFilterBar what="Search documents" filter={filter} set={setFilter} />
  if (jobs.items === null)
    return jobs.error === null ? <Loading rows={5} /> : <Failure error={jobs.error} retry={jobs.reload} />
  return (
    <>
      {bar}
      {jobs.error !== null && <Failure error={jobs.error} retry={jobs.reload} />}
      {jobs.items.length === 0 && <p className="soft">No document is like that.</p>}
      <JobTable jobs={jobs.items} flags={flags} actions={actions} />
      {jobs.hasMore && (
        <button type="button" onClick={jobs.more}>
          More documents
        </button>
      )}
    </>
  )
}

interface BatchProps {
  readonly batch: BatchAnswer
  readonly session: Session
  readonly reload: () => void
}

function useActions({ session, reload }: Omit<BatchProps, 'batch'>) {
  const [problem, setProblem] = useState<unknown>(null)
  const [ask, dialog] = useQuestion()
  const act = (doing: () => Promise<unknown>, done: string): void => {
    setProblem(null)
    doing().then(() => {
      announce(done)
      reload()
    }, setProblem)
  }
  return { actions: { session, act, ask }, problem, dialog }
}

/** What was said of a batch when it was submitted. */
function Said({ batch }: { readonly batch: BatchAnswer }): ReactNode {
  const { name, reference, metadata, total, createdAt } = batch
  const said = [
    ...(name === null ? [] : [`${plural(total, 'document')}, ${when(createdAt)}`]),
    ...(reference === null ? [] : [`Reference ${reference}`]),
    ...Object.entries(metadata ?? {}).map(
      ([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    ),
  ]
  return said.length === 0 ? null : <p className="soft batch-note">{said.join(' · ')}</p>
}

function BatchView({ batch, session, reload }: BatchProps): ReactNode {
  const { actions, problem, dialog } = useActions({ session, reload })
  const remove = async (): Promise<void> => {
    await deleteBatch(batch.id)
    go({ name: 'batches' })
  }
  const askToRemove = (): void =>
    actions.ask({
      title: 'Delete this batch?',
      text: `${plural(batch.total, 'document')} with all values and corrections will be gone for good.`,
      action: 'Delete all',
      run: () => actions.act(remove, 'Batch deleted.'),
    })
  return (
    <>
      <ProgressBar batch={batch} />
      <Tiles batch={batch} />
      <div className="batch-tools">
        {partsOf(batch).review > 0 && mayAs(session, 'reviewer') && (
          <a className="button primary" href={hrefOf({ name: 'queue' })}>
            Go to review
          </a>
        )}
        <Downloads id={batch.id} />
        {mayAs(session, 'admin') && (
          <button type="button" className="quiet" onClick={askToRemove}>
            Delete batch
          </button>
        )}
      </div>
      {problem !== null && <Failure error={problem} />}
      <section aria-labelledby="documents">
        <h2 id="documents">Documents</h2>
        <Documents batch={batch} actions={actions} />
      </section>
      {dialog}
    </>
  )
}

/** One batch: how it stands, what came of each document, and what can be done with it. */
export function BatchPage({ id, session }: { readonly id: string; readonly session: Session }): ReactNode {
  const { value, error, reload, put } = useLoaded(
    useCallback((signal: AbortSignal) => fetchBatch(id, signal), [id]),
  )
  useBatchEvents(value && !value.finished ? [id] : [], put)
  return (
    <>
      <a className="back" href={hrefOf({ name: 'batches' })}>
        ← All batches
      </a>
      <h1 tabIndex={-1}>
        {value ? (value.name ?? `${plural(value.total, 'document')}, ${when(value.createdAt)}`) : 'Batch'}
      </h1>
      {value && <Said batch={value} />}
      {error !== null && <Failure error={error} retry={reload} />}
      {value ? (
        <BatchView batch={value} session={session} reload={reload} />
      ) : (
        error === null && <Loading rows={6} />
      )}
    </>
  )
}
