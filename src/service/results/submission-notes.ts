import type { JobStore } from '../../core/job-store.ts'
import type { Batch, Job } from '../../core/jobs.ts'
import type { SubmissionNote } from '../../core/metadata.ts'
import { damageOf } from './result-of-job.ts'

const noteOf = ({ id, name, reference, metadata }: Batch): SubmissionNote | null =>
  name === null && reference === null && metadata === null ? null : { batch: id, name, reference, metadata }

/** Answers what was said of the batch of a job; null for nothing. Jobs that are asked about come batch by batch. */
export function submissionNotes(store: JobStore): (job: Job) => Promise<SubmissionNote | null> {
  let last: { readonly id: string; readonly note: Promise<SubmissionNote | null> } | null = null
  return ({ batchId: id }) => {
    if (last?.id !== id) {
      const batch = store.batch(id).catch((error: unknown) => void damageOf(error))
      last = { id, note: batch.then((found) => (found ? noteOf(found) : null)) }
    }
    return last.note
  }
}
