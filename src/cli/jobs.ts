import { Option, type Command } from 'commander'
import { openJobs } from '../app/jobs.ts'
import { openRecords } from '../app/records.ts'
import { readConfig } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'
import type { JobStore } from '../core/job-store.ts'
import { jobStatusSchema, type Job, type JobStatus } from '../core/jobs.ts'
import { retryJob } from '../service/submitting/retry.ts'
import { resultAmongMany } from '../service/results/result-of-job.ts'
import { addExportRows } from './export-rows.ts'
import { describeJob, plainTable } from './field-table.ts'
import { countUpTo } from './options.ts'
import { plural, printable } from './text.ts'

interface ListOptions {
  readonly batch?: string
  readonly status?: JobStatus
  readonly limit: number
}

async function requireJob(store: JobStore, id: string): Promise<Job> {
  const job = await store.get(id)
  if (job) return job
  throw new ParallaxError('E_NOT_FOUND', `There is no job ${id}.`)
}

async function list({ batch, status, limit }: ListOptions): Promise<void> {
  await using records = await openRecords(readConfig())
  const scope = batch === undefined ? {} : { batchId: batch }
  const jobs = await records.store.list({
    ...scope,
    ...(status === undefined ? {} : { status: [status] }),
    limit,
  })
  const table = plainTable(['job', 'batch', 'status', 'file', 'submitted'])
  for (const job of jobs) table.push([job.id, job.batchId, job.status, printable(job.file), job.createdAt])
  process.stdout.write(`${table.toString()}\n`)
  if (jobs.length === limit) process.stdout.write(`The first ${limit}; --limit shows more.\n`)
  const counts = Object.entries(await records.store.counts(scope)).filter(([, n]) => n > 0)
  process.stdout.write(`${counts.map(([name, n]) => `${name} ${n}`).join(', ') || 'no jobs'}\n`)
}

async function show(id: string, { json }: { readonly json?: boolean }): Promise<void> {
  await using records = await openRecords(readConfig())
  const job = await requireJob(records.store, id)
  const result = await resultAmongMany(records.store, job)
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  else
    process.stdout.write(describeJob(job, result, result?.error ? [] : await records.store.corrections(id)))
}

async function retry(ids: readonly string[]): Promise<void> {
  // Jobs keep the key they were submitted under, so no pipeline needs to be named.
  await using jobs = await openJobs(readConfig(), '')
  for (const id of ids) await retryJob(jobs.submitter, id)
  process.stdout.write(
    `${plural(ids.length, 'job')} queued again; parallax batch with the same files, or a running worker, reads them.\n`,
  )
}

async function cancel(ids: readonly string[]): Promise<void> {
  await using records = await openRecords(readConfig())
  for (const id of ids) {
    const job = await requireJob(records.store, id)
    if (await records.store.cancel(id)) continue
    throw new ParallaxError('E_CONFLICT', `Job ${id} is ${job.status} and can no longer be cancelled.`)
  }
  process.stdout.write(`${plural(ids.length, 'job')} cancelled.\n`)
}

export function jobsCommand(program: Command): void {
  const jobs = program.command('jobs').description('look at submitted documents')
  jobs
    .command('list')
    .description('the jobs of the data folder')
    .option('--batch <id>', 'only those of a batch')
    .addOption(new Option('--status <status>', 'only those in a state').choices(jobStatusSchema.options))
    .option('--limit <n>', 'at most so many', countUpTo(1_000_000), 100)
    .action(list)
  jobs
    .command('show <job>')
    .description('flags, what was read and where')
    .option('--json', 'the row as JSON')
    .action(show)
  jobs
    .command('retry <jobs...>')
    .description('read failed, quarantined, cancelled or damaged documents again')
    .action(retry)
  jobs.command('cancel <jobs...>').description('stop waiting for documents').action(cancel)
  addExportRows(jobs)
}
