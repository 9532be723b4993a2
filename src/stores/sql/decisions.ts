import type { Decision } from '../../core/decision.ts'
import { undoMs } from '../../core/decision.ts'
import type { ReviewEnding } from '../../core/job-store.ts'
import type { JobStatus } from '../../core/jobs.ts'
import { soundDecision, soundJob } from '../ledger-rows.ts'
import type { Database, Tx } from '../ledger-tables.ts'
import { withSeal } from '../seals.ts'
import { tellChange } from './callbacks.ts'
import { changeJobs, jobRow, type JobChanges, type JobRow } from './change-jobs.ts'
import { now } from './clock.ts'
import { lockReview } from './open-review.ts'
import { isDamagedResult } from './standing.ts'

const none = { held_by: null, held_until: null }

export async function closeReview(
  tx: Tx,
  id: string,
  { status, by, rejection: said = null }: ReviewEnding,
  revision?: number,
): Promise<boolean> {
  if ((await lockReview(tx, id, { by, revision })) === null) return false
  const row = await jobRow(tx, id)
  const rejection = said === null ? null : JSON.stringify(said)
  return (
    row !== null && decide(tx, row, { ...none, status, reviewed_by: by, rejection }, { kind: status, by })
  )
}

const reopenable: readonly JobStatus[] = ['accepted', 'reviewed', 'rejected']

export async function reopenReview(tx: Tx, id: string, by: string, until: string): Promise<boolean> {
  const row = await jobRow(tx, id)
  const job = row && soundJob(row)
  if (!job || !reopenable.includes(job.status) || (await isDamagedResult(tx, job.key))) return false
  const open = { status: 'needs_review', reviewed_by: null, rejection: null, skipped: 0 }
  return decide(tx, row, { ...open, held_by: by, held_until: until }, { kind: 'reopened', by })
}

/** Changes a job as somebody has decided, and writes that down; false where another transaction was faster. */
async function decide(
  tx: Tx,
  row: JobRow,
  changes: JobChanges,
  { kind, by }: Pick<Decision, 'kind' | 'by'>,
): Promise<boolean> {
  if ((await changeJobs(tx, [row], changes)) === 0) return false
  const { count } = await tx
    .selectFrom('decisions')
    .select((e) => e.fn.countAll().as('count'))
    .where('job_id', '=', row.id)
    .executeTakeFirstOrThrow()
  const decision = {
    job_id: row.id,
    sequence: Number(count),
    key: row.key,
    kind,
    rejection: changes.rejection ?? null,
    decided_by: by,
    decided_at: now(),
  }
  await tx.insertInto('decisions').values(withSeal('decisions', decision)).execute()
  await tellChange(tx, row.batch_id, new Date(Date.now() + undoMs).toISOString())
  return true
}

/** Those about what the job holds at present: under another key it was another document. */
export async function decisions(db: Database, jobId: string): Promise<Decision[]> {
  const rows = await db
    .selectFrom('decisions')
    .selectAll('decisions')
    .innerJoin('jobs', (join) =>
      join.onRef('jobs.id', '=', 'decisions.job_id').onRef('jobs.key', '=', 'decisions.key'),
    )
    .where('job_id', '=', jobId)
    .orderBy('sequence')
    .execute()
  return rows.flatMap((row) => soundDecision(row) ?? [])
}
