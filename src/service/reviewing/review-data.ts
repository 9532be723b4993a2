import type { Review, ReviewQueue } from '../../contract/review.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { fieldsToReview } from '../../trust/fields-to-review.ts'
import { toJobAnswer } from '../submitting/answers.ts'
import { corrected } from '../results/corrections.ts'
import type { PagePictures } from './page-pictures.ts'
import { openReview } from './review.ts'
import { resultAmongMany } from '../results/result-of-job.ts'
import type { FormReader } from './type-form.ts'

export interface ReviewDesk {
  readonly store: JobStore
  readonly forms: FormReader
  readonly pictures: PagePictures
}

/** Whether a person wrote the value: it needs no further review. */
const isWritten = ({ fields }: ExtractionResult, field: keyof ExtractionResult['fields']): boolean =>
  fields[field]?.confidence === 1

const uncertainIn = (result: ExtractionResult): Review['uncertain'] =>
  fieldsToReview(result)
    .map(({ field }) => field)
    .filter((field) => !isWritten(result, field))

/** All that a person needs to review a document of a tenant; rejects as `openReview`, and where its type has changed. */
export async function reviewData(desk: ReviewDesk, id: string, tenant: string): Promise<Review> {
  const { store, forms, pictures } = desk
  const { job, row: read } = await openReview(store, id, tenant)
  const work = await store.work(job.key)
  const corrections = await store.corrections(id)
  const result = corrected(read, corrections)
  const [{ form }, pages] = await Promise.all([forms(work!.type), pictures.sizes(job)])
  return {
    job: toJobAnswer(job),
    row: result,
    uncertain: uncertainIn(result),
    form,
    corrections: corrections.map(({ jobId: _, ...correction }) => correction),
    revision: corrections.length,
    pages,
  }
}

/** Nothing for one that nobody can review: it is damaged, and has to be read again. */
async function waitingFor(store: JobStore, job: Job): Promise<ReviewQueue['items']> {
  const result = await resultAmongMany(store, job)
  if (!result || result.error?.code === 'E_DAMAGED') return []
  const { flags, documentType } = result
  return [{ job: toJobAnswer(job), flags, documentType, urgency: job.reviewPriority }]
}

/** How many documents of a tenant wait for a person. */
export const countWaiting = async (store: JobStore, tenant: string): Promise<number> =>
  (await store.counts({ tenant })).needs_review

/** What waits for a person, in the order in which it should be looked at. */
export async function reviewQueue(store: JobStore, tenant: string, limit: number): Promise<ReviewQueue> {
  const jobs = await store.reviewQueue({ tenant, limit })
  const items = await Promise.all(jobs.map((job) => waitingFor(store, job)))
  return { items: items.flat(), total: await countWaiting(store, tenant) }
}
