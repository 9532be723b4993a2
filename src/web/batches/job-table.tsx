import type { ReactNode } from 'react'
import type { Session } from '../../contract/common.ts'
import type { JobAnswer, ListedJob } from '../../contract/jobs.ts'
import { unfinished } from '../../core/jobs.ts'
import type { Flag } from '../../core/extraction-result.ts'
import { mayAs } from '../http/access.ts'
import { cancelJob, deleteJob, retryJob } from '../http/service.ts'
import type { Question } from '../shell/dialog.tsx'
import { flagText } from '../shell/flag-text.ts'
import { hrefOf } from '../shell/route.ts'
import { partOfStatus } from '../shell/parts.ts'
import { saidOf, statusWords } from '../shell/words.ts'

export interface JobActions {
  readonly session: Session
  /** Does it, shows what went wrong, and looks again. */
  act(doing: () => Promise<unknown>, done: string): void
  ask(question: Question): void
}

const mostSaid = 2

function Reasons({ job, flags }: { readonly job: JobAnswer; readonly flags: readonly Flag[] }): ReactNode {
  if (job.error) return <p>{job.error.message}</p>
  if (job.status === 'reviewed' || job.status === 'rejected')
    return (
      <>
        {job.rejection && <p>{saidOf(job.rejection)}</p>}
        <p className="soft">{job.reviewedBy === null ? '' : `by ${job.reviewedBy}`}</p>
      </>
    )
  const rest = flags.length - mostSaid
  return (
    <>
      {flags.slice(0, mostSaid).map((flag) => (
        <p key={`${flag.code} ${flag.field}`}>{flagText(flag)}</p>
      ))}
      {rest > 0 && <p className="soft">and {rest} more</p>}
    </>
  )
}

const canRetry = new Set<JobAnswer['status']>(['failed', 'quarantined', 'cancelled', 'rejected'])

function Actions({ job, actions }: { readonly job: JobAnswer; readonly actions: JobActions }): ReactNode {
  const { act, ask, session } = actions
  const remove = (): void =>
    ask({
      title: 'Delete this document?',
      text: `${job.file}, its values and its corrections will be gone for good.`,
      action: 'Delete',
      run: () => act(() => deleteJob(job.id), `${job.file} deleted.`),
    })
  return (
    <div className="row-actions">
      {canRetry.has(job.status) && (
        <button type="button" onClick={() => act(() => retryJob(job.id), `${job.file} is read again.`)}>
          Retry<span className="unseen"> {job.file}</span>
        </button>
      )}
      {unfinished.includes(job.status) && (
        <button type="button" onClick={() => act(() => cancelJob(job.id), `${job.file} cancelled.`)}>
          Cancel<span className="unseen"> {job.file}</span>
        </button>
      )}
      {mayAs(session, 'admin') && !unfinished.includes(job.status) && (
        <button type="button" className="quiet" onClick={remove}>
          Delete<span className="unseen"> {job.file}</span>
        </button>
      )}
    </div>
  )
}

interface JobRowProps {
  readonly job: ListedJob
  /** Names of the columns that tell documents apart. */
  readonly columns: readonly string[]
  readonly flags: readonly Flag[]
  readonly actions: JobActions
}

function JobRow({ job, columns, flags, actions }: JobRowProps): ReactNode {
  const reviews = job.status === 'needs_review' && mayAs(actions.session, 'reviewer')
  return (
    <tr>
      <th scope="row">
        <bdi>
          <a href={hrefOf({ name: reviews ? 'review' : 'document', id: job.id })}>{job.file}</a>
        </bdi>
      </th>
      {columns.map((column) => (
        <td key={column} className="told">
          {job.summary?.find(({ label }) => label === column)?.text}
        </td>
      ))}
      <td>
        <span className={`pill ${partOfStatus(job.status)}`}>{statusWords[job.status]}</span>
      </td>
      <td className="reasons">
        <Reasons job={job} flags={flags} />
      </td>
      <td>
        <Actions job={job} actions={actions} />
      </td>
    </tr>
  )
}

interface JobTableProps {
  readonly jobs: readonly ListedJob[]
  readonly flags: ReadonlyMap<string, readonly Flag[]>
  readonly actions: JobActions
}

export function JobTable({ jobs, flags, actions }: JobTableProps): ReactNode {
  const columns = [...new Set(jobs.flatMap(({ summary }) => summary?.map(({ label }) => label) ?? []))].slice(
    0,
    3,
  )
  return (
    <table className="jobs card">
      <thead>
        <tr>
          <th scope="col">File</th>
          {columns.map((column) => (
            <th key={column} scope="col" className="told">
              {column}
            </th>
          ))}
          <th scope="col">Status</th>
          <th scope="col">Why</th>
          <th scope="col">
            <span className="unseen">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow
            key={job.id}
            job={job}
            columns={columns}
            flags={flags.get(job.id) ?? []}
            actions={actions}
          />
        ))}
      </tbody>
    </table>
  )
}
