import type { DocumentAnswer, Review, ReviewQueue } from '../../contract/review.ts'
import { ParallaxError } from '../../core/errors.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import { getPointer } from '../../core/pointer.ts'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import { fieldsToReview } from '../../trust/fields-to-review.ts'
import { toJobAnswer } from '../submitting/answers.ts'
import { corrected } from '../results/corrections.ts'
import { redactedResult } from '../results/redacted.ts'
import { findJob } from '../submitting/find-job.ts'
import type { PagePictures, PageSizes } from './page-pictures.ts'
import { openReview } from './review.ts'
import { resultAmongMany, resultOf } from '../results/result-of-job.ts'
import type { FormReader, TypeForm } from './type-form.ts'

export interface ReviewDesk {
  readonly store: JobStore
  readonly forms: FormReader
  readonly pictures: PagePictures
}

/** Whether a person wrote the value: it needs no further review. */
const isWritten = ({ fields }: ExtractionResult, field: keyof ExtractionResult['fields']): boolean =>
  fields[field]?.confidence === 1

/** What takes part in what does not fit together: any of it may be wrong, however sure it seems. */
const partsIn = ({ data, flags }: ExtractionResult): Review['uncertain'] =>
  flags.flatMap(({ fields = [] }) => fields).filter((field) => (getPointer(data, field) ?? null) !== null)

const uncertainIn = (result: ExtractionResult): Review['uncertain'] => {
  const doubtful = fieldsToReview(result)
    .map(({ field }) => field)
    .filter((field) => !isWritten(result, field))
  return [...new Set([...doubtful, ...partsIn(result)])]
}

/** All that a person needs to review a document of a tenant; rejects as `openReview`, and where its type has changed. */
export async function reviewData(desk: ReviewDesk, id: string, tenant: string): Promise<Review> {
  const { store, forms, pictures } = desk
  const { job, row: read } = await openReview(store, id, tenant)
  const [work, done] = await Promise.all([store.work(job.key), doneTo(store, id)])
  const result = corrected(read, done.corrections)
  const [{ form }, pages] = await Promise.all([forms(work!.type), pictures.sizes(job)])
  return { job: toJobAnswer(job), row: result, uncertain: uncertainIn(result), form, ...done, pages }
}

/** What people did to a document. */
async function doneTo(
  store: JobStore,
  id: string,
): Promise<Pick<Review, 'corrections' | 'decisions' | 'revision'>> {
  const [corrections, decisions] = await Promise.all([store.corrections(id), store.decisions(id)])
  return {
    corrections: corrections.map(({ jobId: _, ...correction }) => correction),
    decisions: [...decisions],
    revision: corrections.length,
  }
}

/** Nothing in the place of what a document cannot show: it is no picture, its type is gone, or it is stored no longer. */
async function orNothing<T>(made: Promise<T>, nothing: T): Promise<T> {
  try {
    return await made
  } catch (error) {
    if (error instanceof ParallaxError && !error.toReport().retryable) return nothing
    throw error
  }
}

const noForm: TypeForm = { form: [], jsonSchema: {} }
const noPages: PageSizes = []

/** A document of a tenant to look at, in whatever state it is: E_NOT_FOUND is all that it rejects with for good. */
export async function documentData(desk: ReviewDesk, id: string, tenant: string): Promise<DocumentAnswer> {
  const { store, forms, pictures } = desk
  const job = await findJob(store, id, tenant)
  const work = await orNothing(store.work(job.key), null)
  const none = { corrections: [], decisions: [], revision: 0 }
  const [read, done, { form }, pages] = await Promise.all([
    orNothing(resultOf(store, job), null),
    orNothing(doneTo(store, id), none),
    work === null ? noForm : orNothing(forms(work.type), noForm),
    orNothing(pictures.sizes(job), noPages),
  ])
  const result =
    read && redactedResult(job.status === 'needs_review' ? corrected(read, done.corrections) : read)
  const uncertain = job.status === 'needs_review' && result ? uncertainIn(result) : []
  return { job: toJobAnswer(job), row: result, uncertain, form, ...done, pages }
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
