import { Option, type Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import { openRecords } from '../app/records.ts'
import { readConfig, type Config } from '../config.ts'
import { rejectionReasonSchema, rejectionSchema, type RejectionReason } from '../core/decision.ts'
import { ParallaxError } from '../core/errors.ts'
import type { JsonPointer, Scalar } from '../core/extraction.ts'
import type { ReviewEnding } from '../core/job-store.ts'
import type { Job } from '../core/jobs.ts'
import { checkData } from '../service/reviewing/check.ts'
import type { Change } from '../service/results/corrections.ts'
import { closeReview, correct, openReview, reopenReview } from '../service/reviewing/review.ts'
import { resultOf } from '../service/results/result-of-job.ts'
import { describeJob, flagLines } from './field-table.ts'
import { plural, printable } from './text.ts'

interface By {
  readonly by?: string
}

/** Most documents that `review list` shows. */
const listed = 200

async function list(): Promise<void> {
  await using records = await openRecords(readConfig())
  const jobs: readonly Job[] = await records.store.list({ status: ['needs_review'], limit: listed })
  const { needs_review: waiting } = await records.store.counts()
  for (const job of jobs) {
    const result = await resultOf(records.store, job)
    process.stdout.write(`${job.id}  ${printable(job.file)}\n${result ? flagLines(result) : ''}`)
  }
  const shown = waiting > jobs.length ? `, the first ${jobs.length} shown` : ''
  process.stdout.write(`${plural(waiting, 'document')} to review${shown}.\n`)
}

async function show(id: string): Promise<void> {
  await using records = await openRecords(readConfig())
  const { job, row: result } = await openReview(records.store, id)
  process.stdout.write(describeJob(job, result, await records.store.corrections(id)))
}

/** `/total=12.50`, `/date=null`, `/merchant/name="A B"`: JSON where it parses, else the text itself. */
function parseChange(text: string): Change {
  const at = text.indexOf('=')
  if (!text.startsWith('/') || at < 2) {
    throw new ParallaxError('E_BAD_REQUEST', `"${text}" is not FIELD=VALUE, for example /total=12.50.`)
  }
  const [field, raw] = [text.slice(0, at) as JsonPointer, text.slice(at + 1)]
  return { field, value: parseScalar(raw) }
}

function parseScalar(raw: string): Scalar {
  try {
    const value: unknown = JSON.parse(raw)
    return typeof value === 'object' && value !== null ? raw : (value as Scalar)
  } catch {
    return raw
  }
}

async function correctJob(config: Config, id: string, texts: readonly string[], by: string): Promise<number> {
  const changes = texts.map(parseChange)
  await using records = await openRecords(config)
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  const { job } = await openReview(records.store, id)
  const { type } = (await records.store.work(job.key))!
  const corrections = await correct(records.store, id, changes, by, ({ data, fields, missing }) =>
    checkData(extraction.reader.run, { type, data, fields: [...fields], missing: [...missing] }),
  )
  return corrections.length
}

async function close(id: string, ending: Omit<ReviewEnding, 'by'>, { by }: By): Promise<void> {
  const config = readConfig()
  await using records = await openRecords(config)
  await closeReview(records.store, id, { ...ending, by: by ?? config.user })
  process.stdout.write(`Job ${id} is ${ending.status}.\n`)
}

interface RejectOptions extends By {
  readonly reason?: RejectionReason
  readonly note?: string
}

async function reject(id: string, { reason, note, ...by }: RejectOptions): Promise<void> {
  const said = rejectionSchema.safeParse({ reason: reason ?? null, note: note ?? null })
  if (!said.success) throw new ParallaxError('E_BAD_REQUEST', 'A note has at most 1000 characters.')
  const rejection = reason === undefined && note === undefined ? null : said.data
  await close(id, { status: 'rejected', rejection }, by)
}

async function reopen(id: string, { by }: By): Promise<void> {
  const config = readConfig()
  await using records = await openRecords(config)
  await reopenReview(records.store, id, by ?? config.user)
  process.stdout.write(`Job ${id} waits for a review again.\n`)
}

export function reviewCommand(program: Command): void {
  const review = program.command('review').description('look at flagged documents and put them right')
  review.command('list').description('documents that wait for a person, and why').action(list)
  review.command('show <job>').description('flags, what was read and where').action(show)
  review
    .command('correct <job> <changes...>')
    .description('change values, for example /total=12.50 /date=2018-03-02 \'/number="007"\'; then accept')
    .option('--by <name>', 'who corrects')
    .action(async (id: string, changes: readonly string[], { by }: By) => {
      const config = readConfig()
      const n = await correctJob(config, id, changes, by ?? config.user)
      process.stdout.write(`${plural(n, 'value')} corrected; parallax review accept ${id} ends the review.\n`)
    })
  review
    .command('accept <job>')
    .description('the values, with corrections, are right')
    .option('--by <name>', 'who accepts')
    .action((id: string, options: By) => close(id, { status: 'reviewed' }, options))
  review
    .command('reject <job>')
    .description('the document is no use')
    .addOption(new Option('--reason <reason>', 'why').choices(rejectionReasonSchema.options))
    .option('--note <text>', 'anything else, in words')
    .option('--by <name>', 'who rejects')
    .action(reject)
  review
    .command('reopen <job>')
    .description('look again at a document that was accepted or rejected')
    .option('--by <name>', 'who reopens')
    .action(reopen)
}
