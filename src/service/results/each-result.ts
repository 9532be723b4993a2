import type { JobStore } from '../../core/job-store.ts'
import type { Job, JobFilter } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { resultAmongMany } from './result-of-job.ts'

/** Selects jobs. */
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

export interface JobResult {
  readonly job: Job
  readonly result: ExtractionResult
}

/** A job as its submitter sees it: failed where anything of it is damaged, whatever its status was. */
const jobWith = (job: Job, { error }: ExtractionResult): Job =>
  error?.code === 'E_DAMAGED' && job.status !== 'cancelled' ? { ...job, status: 'failed', error } : job

/** The jobs of a selection that have a result, see `resultAmongMany`. */
export async function* eachResult(
  store: JobStore,
  selection: JobSelection,
  mark?: (result: ExtractionResult) => ExtractionResult,
): AsyncIterable<JobResult> {
  for await (const job of eachJob(store, selection)) {
    const result = await resultAmongMany(store, job, mark)
    if (result) yield { job: jobWith(job, result), result }
  }
}
