import { ParallaxError } from '../../core/errors.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job } from '../../core/jobs.ts'

/** A job; E_NOT_FOUND where there is none, and where it is another tenant's, so that nobody learns of it. */
export async function findJob(store: JobStore, id: string, tenant?: string): Promise<Job> {
  const job = await store.get(id)
  if (job && (tenant === undefined || job.tenant === tenant)) return job
  throw new ParallaxError('E_NOT_FOUND', `There is no job ${id}.`)
}
