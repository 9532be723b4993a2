import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'commander'
import { openExtraction } from '../app/extraction.ts'
import { openJobs, type Jobs } from '../app/jobs.ts'
import type { Config } from '../config.ts'
import {
  batchId,
  batchResults,
  countUnfinished,
  submitBatch,
  type BatchRequest,
} from '../service/submitting/batch.ts'
import { certified, readCertificate } from '../service/certifying/certificates.ts'
import { describe, type Description } from '../service/types/describe.ts'
import { expandInputs } from '../service/files/inputs.ts'
import { keepTemplates } from '../service/types/templates.ts'
import type { Certificate } from '../trust/certificate.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, requireOneType, withReadOptions, type ReadOptions } from './options.ts'
import { otherTemplates } from './other-templates.ts'
import { passedOver } from './passed-over.ts'
import { outcomeTable } from './outcome-table.ts'
import { noProgress, startProgress } from './progress.ts'
import { givingUp } from './restart-policy.ts'
import { checkOut, encoder, openRowWriter } from './row-writer.ts'
import { summaryOf, tally, type Tally } from './summary.ts'
import { plural, printable, sayer } from './text.ts'
import { startWorkerProcess } from './worker-process.ts'

const pollMs = 200
const interrupted = 'Interrupted. Nothing is lost: the same command goes on from here.'

/** Compiles the type and its templates and starts the engine once, so that a bad call ends before anything is stored. */
async function check(
  config: Config,
  { type: spec, route }: ReadOptions,
  signal: AbortSignal,
): Promise<Description> {
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  const { ocr, vlm, accept, split, templates } = config
  const request = { spec, cwd: process.cwd(), route, ocr, vlm, accept, split, templates }
  return await describe(extraction.reader.run, request, signal)
}

async function submitAll(
  jobs: Jobs,
  id: string,
  request: BatchRequest,
  signal: AbortSignal,
): Promise<number> {
  for await (const _ of submitBatch(jobs.submitter, id, request)) signal.throwIfAborted()
  return request.files.length - (await countUnfinished(jobs.store, id))
}

/** Waits until every job of the batch has ended; rejects when the person interrupts or the worker is lost. */
async function follow(
  jobs: Jobs,
  id: string,
  total: number,
  done: number,
  lost: Promise<never>,
  signal: AbortSignal,
  quiet = false,
): Promise<void> {
  const progress = quiet ? noProgress : startProgress(total, done)
  try {
    for (let left = total - done; left > 0; left = await countUnfinished(jobs.store, id)) {
      progress.update(total - left)
      await Promise.race([delay(pollMs), lost])
      signal.throwIfAborted()
    }
    progress.update(total)
  } finally {
    progress.stop()
  }
}

/** On a line of its own, also where the progress bar stands. */
function tellTrouble(trouble: string): void {
  const clear = process.stderr.isTTY ? '\r\x1b[K' : ''
  process.stderr.write(`${clear}${printable(trouble)}\n`)
}

async function writeRows(
  jobs: Jobs,
  id: string,
  options: ReadOptions,
  jsonSchema: object,
  certificate: Certificate | null,
): Promise<Tally> {
  await using writer = await openRowWriter(options.out, encoder(options.format, jsonSchema, options.per))
  const counts = tally()
  const table = outcomeTable()
  for await (const result of batchResults(jobs.store, id, (read) => certified(read, certificate))) {
    counts.add(result)
    table.add(result)
    await writer.write(result)
  }
  await writer.finish()
  sayer(options.quiet)(table.toString())
  return counts
}

async function batch(inputs: readonly string[], options: ReadOptions): Promise<void> {
  const config = configFor(options)
  const found = await expandInputs(inputs, process.cwd())
  const { files } = found
  requireOneType(options)
  process.stderr.write(passedOver(found))
  using interrupt = onInterrupt(interrupted)
  const { signal } = interrupt
  await checkOut(options.out, files)
  const certificate = options.certificate === undefined ? null : await readCertificate(options.certificate)
  const description = await check(config, options, signal)
  const { type, jsonSchema, pipeline, templates: inForce } = description
  process.stderr.write(otherTemplates(description))
  const force = options.force ? randomUUID() : ''
  await using jobs = await openJobs(config, pipeline)
  const templates = await keepTemplates(jobs.blobs, inForce)
  const request: BatchRequest = { files, type, route: options.route, templates, force, cwd: process.cwd() }
  for (const warning of jobs.warnings) process.stderr.write(`${warning}\n`)
  const id = batchId(request, pipeline)
  const say = sayer(options.quiet)
  say(`Batch ${id}: ${plural(files.length, 'document')}.\n`)
  const done = await submitAll(jobs, id, request, signal)
  if (done > 0) say(`${done} of them need no reading.\n`)
  if (done < files.length) {
    await using worker = startWorkerProcess(config, givingUp, tellTrouble)
    await follow(jobs, id, files.length, done, worker.lost, signal, options.quiet)
  }
  const counts = await writeRows(jobs, id, options, jsonSchema, certificate)
  say(summaryOf(counts, certificate))
  const { cancelled } = await jobs.store.counts({ batchId: id })
  if (cancelled > 0) process.stderr.write(cancelledOf(cancelled))
  say(
    'Look closer with: parallax jobs list --batch ' + id + ', parallax jobs show JOB, parallax review list\n',
  )
  if (counts.failed > 0) process.exitCode = 1
}

const cancelledOf = (n: number): string =>
  `${plural(n, 'document')} ${n === 1 ? 'was cancelled and has' : 'were cancelled and have'} no row.\n`

export function batchCommand(program: Command): void {
  withReadOptions(program.command('batch'), 'jsonl')
    .description('read documents through the queue; the same command goes on where it was interrupted')
    .action(batch)
}
