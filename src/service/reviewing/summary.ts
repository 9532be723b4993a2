import type { FormField } from '../../contract/review.ts'
import type { ListedJob } from '../../contract/jobs.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'
import { getPointer } from '../../core/pointer.ts'
import { resultAmongMany } from '../results/result-of-job.ts'
import { toJobAnswer } from '../submitting/answers.ts'
import type { FormReader } from './type-form.ts'

type Kinds = readonly FormField['kind'][]

/** What people know a document by: who, when, how much. */
const asked: readonly { readonly kinds: Kinds; readonly pick: 'first' | 'last' }[] = [
  { kinds: ['text', 'choice'], pick: 'first' },
  { kinds: ['date'], pick: 'first' },
  { kinds: ['number', 'integer'], pick: 'last' },
]

/** The fields that tell documents of a type apart, those that are required before others. */
function tellingFields(form: readonly FormField[]): readonly FormField[] {
  return asked.flatMap(({ kinds, pick }) => {
    const fields = form.filter(({ kind }) => kinds.includes(kind))
    const required = fields.filter((field) => field.required)
    return (required.length > 0 ? required : fields).at(pick === 'first' ? 0 : -1) ?? []
  })
}

const textOf = (value: unknown): string =>
  value === null || value === undefined || typeof value === 'object' ? '' : String(value)

async function summaryOf(store: JobStore, forms: FormReader, job: Job): Promise<ListedJob['summary']> {
  const result = await resultAmongMany(store, job)
  if (!result || result.error) return null
  const work = await store.work(job.key)
  const { form } = await forms(work!.type)
  return tellingFields(form).map(({ label, pointer }) => ({
    label,
    text: textOf(getPointer(result.data, pointer)),
  }))
}

/** Jobs as they are listed, each with what tells it from others; null where there is nothing, or its type is gone. */
export const summarised = (
  { store, forms }: { readonly store: JobStore; readonly forms: FormReader },
  jobs: readonly Job[],
): Promise<ListedJob[]> =>
  Promise.all(
    jobs.map(async (job) => {
      const summary = await summaryOf(store, forms, job).catch(() => null)
      return { ...toJobAnswer(job), summary: summary ?? null }
    }),
  )
