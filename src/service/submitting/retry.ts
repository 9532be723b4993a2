import { ParallaxError } from '../../core/errors.ts'
import type { Submitter } from './submit.ts'

/** Starts an ended job anew, or one that is damaged; E_NOT_FOUND, E_DAMAGED where nobody knows what was submitted, or E_CONFLICT where there is nothing to start or no file to read. */
export async function retryJob(to: Pick<Submitter, 'store' | 'wake'>, id: string): Promise<void> {
  const job = await to.store.get(id)
  if (!job) throw new ParallaxError('E_NOT_FOUND', `There is no job ${id}.`)
  if ((await to.store.work(job.key))?.blob === '') {
    throw new ParallaxError(
      'E_CONFLICT',
      `The file of job ${id}, ${job.file}, could not be read when it was submitted: give the batch command again.`,
    )
  }
  if (!(await to.store.retry(id))) {
    throw new ParallaxError(
      'E_CONFLICT',
      `Job ${id} is ${job.status}; only ended jobs without a usable result can be retried.`,
    )
  }
  to.wake()
}
