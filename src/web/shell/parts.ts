import type { JobStatus } from '../../core/jobs.ts'

/** How people count documents. */
export type Part = 'accepted' | 'review' | 'failed' | 'dropped' | 'open'

const partOf: Readonly<Record<JobStatus, Part>> = {
  accepted: 'accepted',
  reviewed: 'accepted',
  needs_review: 'review',
  failed: 'failed',
  quarantined: 'failed',
  rejected: 'dropped',
  cancelled: 'dropped',
  queued: 'open',
  running: 'open',
  reprocessing: 'open',
}

export const partOfStatus = (status: JobStatus): Part => partOf[status]
