import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import Table from 'cli-table3'
import type { Command } from 'commander'
import { openExtraction, openJobs, type Jobs } from '../app.ts'
import type { Config } from '../config.ts'
import type { Row } from '../core/row.ts'
import { batchId, batchRows, countUnfinished, submitBatch, type BatchRequest } from '../service/batch.ts'
import { describe, type Description } from '../service/describe.ts'
import { expandInputs } from '../service/inputs.ts'
import { configFor, requireRoute, withReadOptions, type ReadOptions } from './options.ts'
import { startProgress } from './progress.ts'
import { encoder, openRowWriter } from './row-writer.ts'
import { summaryOf, tally, type Tally } from './summary.ts'
import { plural, printable } from './text.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

const pollMs = 200
const interruptedStatus = 130

/** Compiles the type and starts the engine once, so that a bad call ends before anything is stored. */
async function check(config: Config, spec: string): Promise<Description> {
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  return await describe(extraction.reader.run, { spec, cwd: process.cwd(), ocr: config.ocr })
}

/** Waits until every job of the batch has ended; false when the person interrupted. */
async function follow(
  jobs: Jobs,
  id: string,
  total: number,
  before: number,
  worker: WorkerProcess,
): Promise<boolean> {
  const interrupt = new AbortController()
  const onSignal = (): void => interrupt.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const progress = startProgress(total, before)
  try {
    for (;;) {
      const left = await countUnfinished(jobs.store, id)
      progress.update(total - left)
      if (left === 0) return true
      await Promise.race([delay(pollMs, undefined, { signal: interrupt.signal }), worker.lost])
    }
  } catch (error) {
    if (interrupt.signal.aborted) return false
    throw error
  } finally {
    progress.stop()
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

async function submitAll(jobs: Jobs, id: string, request: BatchRequest): Promise<number> {
  for await (const _ of submitBatch(jobs.submitter, id, request));
  return request.files.length - (await countUnfinished(jobs.store, id))
}

const explanation = (row: Row): string =>
  row.error?.message ?? [...new Set(row.flags.map((f) => f.message))].slice(0, 2).join(' ')

function addTo(table: Table.Table, row: Row): void {
  if (row.verdict === 'accepted') return
  const code = row.error?.code ?? row.flags.map((f) => f.code).join('\n')
  table.push([
    printable(row.file),
    row.verdict === 'failed' ? 'failed' : 'to review',
    code,
    printable(explanation(row)),
  ])
}

function newTable(): Table.Table {
  const width = Math.max(60, (process.stderr.columns ?? 100) - 5)
  const fixed = 12 + 22
  const file = Math.floor((width - fixed) * 0.4)
  return new Table({
    head: ['file', 'verdict', 'why', 'in words'],
    colWidths: [file, 12, 22, width - fixed - file],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  })
}

async function writeRows(jobs: Jobs, id: string, options: ReadOptions, jsonSchema: object): Promise<Tally> {
  const writer = await openRowWriter(options.out, encoder(options.format, jsonSchema, options.per))
  const counts = tally()
  const table = newTable()
  for await (const row of batchRows(jobs.store, id)) {
    counts.add(row)
    addTo(table, row)
    await writer.write(row)
  }
  await writer.finish()
  if (table.length > 0) process.stderr.write(`${table.toString()}\n`)
  return counts
}

async function batch(inputs: readonly string[], options: ReadOptions): Promise<void> {
  requireRoute(options.route)
  const config = configFor(options)
  const files = await expandInputs(inputs, process.cwd())
  const { type, jsonSchema, pipeline } = await check(config, options.type)
  if (options.out !== undefined)
    await (await openRowWriter(options.out, encoder('jsonl', {}, 'document'))).discard()
  const force = options.force ? randomUUID() : ''
  const request: BatchRequest = { files, type, route: options.route, force, cwd: process.cwd() }
  await using jobs = await openJobs(config, pipeline)
  for (const warning of jobs.warnings) process.stderr.write(`${warning}\n`)
  const id = batchId(request, pipeline)
  process.stderr.write(`Batch ${id}: ${plural(files.length, 'document')}.\n`)
  const before = await submitAll(jobs, id, request)
  if (before > 0) process.stderr.write(`${before} of them were read before.\n`)
  await using worker = startWorkerProcess(config)
  if (!(await follow(jobs, id, files.length, before, worker))) {
    process.stderr.write('Interrupted. Nothing is lost: the same command goes on from here.\n')
    process.exitCode = interruptedStatus
    return
  }
  const counts = await writeRows(jobs, id, options, jsonSchema)
  process.stderr.write(summaryOf(counts))
  process.stderr.write(
    'Look closer with: parallax jobs list --batch ' + id + ', parallax jobs show JOB, parallax review list\n',
  )
  if (counts.failed > 0) process.exitCode = 1
}

export function batchCommand(program: Command): void {
  withReadOptions(program.command('batch'), 'jsonl')
    .description('read documents through the queue; the same command goes on where it was interrupted')
    .action(batch)
}
