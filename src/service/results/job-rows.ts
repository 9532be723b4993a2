import type { Job, JobFilter, JobStore } from '../../core/jobs.ts'
import type { Row } from '../../core/row.ts'
import { rowAmongMany } from './rows.ts'

/** Which jobs. */
export type JobSelection = Pick<JobFilter, 'tenant' | 'batchId' | 'status'>

/** Jobs that are held in memory at the same time. */
const atOnce = 100

/** All jobs of a selection in the order of listing. */
export async function* eachJob(store: JobStore, selection: JobSelection): AsyncIterable<Job> {
  let after: string | undefined
  for (;;) {
    const jobs = await store.list({ ...selection, limit: atOnce, ...(after === undefined ? {} : { after }) })
    yield* jobs
    after = jobs.at(-1)?.id
    if (after === undefined || jobs.length < atOnce) return
  }
}

export interface JobRow {
  readonly job: Job
  readonly row: Row
}

/** As those are told whose it is: a job of which something is damaged has failed, whatever it was before. */
const jobWith = (job: Job, { error }: Row): Job =>
  error?.code === 'E_DAMAGED' && job.status !== 'cancelled' ? { ...job, status: 'failed', error } : job

/** The jobs of a selection that have a result, see `rowAmongMany`. */
export async function* eachRow(
  store: JobStore,
  selection: JobSelection,
  mark?: (row: Row) => Row,
): AsyncIterable<JobRow> {
  for await (const job of eachJob(store, selection)) {
    const row = await rowAmongMany(store, job, mark)
    if (row) yield { job: jobWith(job, row), row }
  }
}
