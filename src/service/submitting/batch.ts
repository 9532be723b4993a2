import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { pMapIterable } from 'p-map'
import { toErrorReport, type ErrorReport } from '../../core/errors.ts'
import type { JobStore } from '../../core/job-store.ts'
import type { Job, TypeRef } from '../../core/jobs.ts'
import { localTenant, unfinished } from '../../core/jobs.ts'
import type { Strategy, ExtractionResult } from '../../core/extraction-result.ts'
import { failedResult } from '../../routing/to-result.ts'
import { readInput } from '../files/intake.ts'
import { resultAmongMany } from '../results/result-of-job.ts'
import { submit, workOf, type Submitter } from './submit.ts'

export interface BatchRequest {
  readonly files: readonly string[]
  readonly type: TypeRef
  readonly route: Strategy
  /** See `Work`. */
  readonly templates: string | null
  /** Empty, or a number used once: the batch and all its documents are then new. */
  readonly force: string
  /** The folder that relative file names start from. */
  readonly cwd: string
}

/** The same files, type, route, templates and engines are the same batch: a command given again goes on where it stopped. */
export function batchId(request: BatchRequest, pipeline: string): string {
  const { files, type, route, templates, force, cwd } = request
  const parts = [cwd, files, type.name, type.hash, route, pipeline, templates, force]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

type Files = Pick<BatchRequest, 'type' | 'route' | 'templates'>

/** A file without readable bytes is a job too: it ends at once, and starts anew when the reason goes away. */
async function recordUnreadable(
  to: Submitter,
  batch: string,
  position: number,
  file: string,
  { type, route, templates }: Files,
  error: ErrorReport,
): Promise<Job> {
  const force = `${batch}/${position}/${error.code}`
  const work = workOf(to, { tenant: localTenant, blob: '', type, route, templates, force })
  const job = await to.store.submit(batch, position, file, work)
  const lease = await to.store.lease(work.key)
  if (lease) await to.store.finish(work.key, lease.token, 'failed', failedResult(type.name, route, error))
  return (await to.store.get(job.id)) ?? job
}

async function submitFile(
  to: Submitter,
  batch: string,
  position: number,
  request: BatchRequest,
): Promise<Job> {
  const file = request.files[position]!
  try {
    const bytes = await readInput(resolve(request.cwd, file))
    return await submit(to, { tenant: localTenant, batchId: batch, position, file, bytes, ...request })
  } catch (error) {
    const report = toErrorReport(error)
    if (!['E_NOT_FOUND', 'E_NOT_READABLE', 'E_FILE_TOO_LARGE'].includes(report.code)) throw error
    return recordUnreadable(to, batch, position, file, request, report)
  }
}

/** Submits every file of a batch in order, a few at a time; yields each job. */
export async function* submitBatch(to: Submitter, id: string, request: BatchRequest): AsyncIterable<Job> {
  await to.store.openBatch(id)
  const positions = request.files.map((_, i) => i)
  yield* pMapIterable(positions, (position) => submitFile(to, id, position, request), { concurrency: 8 })
}

/** How many jobs of a batch have not ended. */
export async function countUnfinished(store: JobStore, id: string): Promise<number> {
  const counts = await store.counts({ batchId: id })
  return unfinished.reduce((sum, status) => sum + counts[status], 0)
}

/** The results of a batch in input order, see `resultAmongMany`; jobs without a result (cancelled) have none. */
export async function* batchResults(
  store: JobStore,
  id: string,
  mark?: (result: ExtractionResult) => ExtractionResult,
): AsyncIterable<ExtractionResult> {
  let after: string | undefined
  for (;;) {
    const jobs = await store.list({ batchId: id, limit: 100, ...(after === undefined ? {} : { after }) })
    for (const job of jobs) {
      const result = await resultAmongMany(store, job, mark)
      if (result) yield result
    }
    after = jobs.at(-1)?.id
    if (after === undefined) return
  }
}
