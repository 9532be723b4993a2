import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import { openExtraction } from '../src/app/extraction.ts'
import { openJobs, type Jobs } from '../src/app/jobs.ts'
import { openQueue } from '../src/app/queue.ts'
import type { Config } from '../src/config.ts'
import type { TypeRef } from '../src/core/jobs.ts'
import { createWorker } from '../src/queue/bullmq.ts'
import { batchResults, countUnfinished, submitBatch } from '../src/service/submitting/batch.ts'
import { describe } from '../src/service/types/describe.ts'
import { readStage, type Reader } from '../src/service/reading/read-document.ts'
import { runWork } from '../src/service/reading/run-work.ts'
import { writeCopies } from './copies.ts'
import { timingPages } from './labelled.ts'
import { publish, tell } from './machine.ts'
import { concurrencyOption, configWith, dataOption, jsonOption, wholeNumber } from './options.ts'
import { inTemporaryHome, startParallax } from './parallax-process.ts'
import { fixed, formatTable } from './table.ts'

interface QueueOptions {
  readonly data?: string
  readonly jobs: number
  readonly pages: number
  readonly engine: readonly string[]
  readonly concurrency?: number
  readonly cli?: string
  readonly json?: string
}

interface NoOpJobs {
  readonly jobs: number
  readonly submitSeconds: number
  readonly workSeconds: number
}

interface Throughput {
  readonly engine: string
  readonly pages: number
  readonly batchSeconds: number
  readonly extractSeconds: number
}

interface QueueSpeed {
  readonly noOp: NoOpJobs
  readonly throughput: readonly Throughput[]
}

interface Prepared {
  readonly type: TypeRef
  readonly reader: Reader
}

/** A reader that answers at once, always with what was truly read from one page: results keep their real size. */
async function prepare(config: Config, file: string): Promise<Prepared> {
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  const { reader } = extraction
  const { type } = await describe(reader.run, { spec: 'receipt', cwd: process.cwd(), ocr: config.ocr })
  const answers = new Map<string, unknown>()
  const run: Reader['run'] = async (task, payload, options) => {
    const answer = await reader.run(task, payload, options)
    answers.set(task, answer)
    return answer
  }
  await readStage({ ...reader, run }, await readFile(file), type, 'modular', [])
  return { type, reader: { ...reader, run: async (task) => answers.get(task) } }
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000

async function allDone({ store }: Jobs, batch: string): Promise<void> {
  while ((await countUnfinished(store, batch)) > 0) await delay(20)
}

async function countResults({ store }: Jobs, batch: string): Promise<number> {
  let rows = 0
  for await (const { error } of batchResults(store, batch)) if (error === null) rows++
  return rows
}

async function submitAll(
  jobs: Jobs,
  batch: string,
  files: readonly string[],
  type: TypeRef,
): Promise<number> {
  const started = performance.now()
  const request = { files, type, route: 'modular', templates: null, force: '', cwd: process.cwd() } as const
  for await (const _ of submitBatch(jobs.submitter, batch, request));
  return secondsSince(started)
}

/** The route has no paths in reserve. */
const reprocessLater = async (): Promise<void> => {}

async function workAll(config: Config, jobs: Jobs, batch: string, reader: Reader): Promise<number> {
  await using redis = await openQueue(config)
  const started = performance.now()
  const worker = createWorker(
    redis.address,
    'extract',
    ({ key }) => (jobs.submitter.wake(), runWork({ ...jobs, reader, reprocessLater, auditShare: 0 }, key)),
    {
      prefix: jobs.queuePrefix,
      concurrency: config.concurrency,
      onError: (error) => tell(error.message),
    },
  )
  await allDone(jobs, batch)
  const taken = secondsSince(started)
  await worker.close()
  return taken
}

/** Everything about jobs but the reading: files, blobs, ledger, Redis, BullMQ and the worker's handler. */
async function measureNoOp(config: Config, files: readonly string[], count: number): Promise<NoOpJobs> {
  const { type, reader } = await prepare(config, files[0]!)
  return await inTemporaryHome(config, async (own) => {
    const copies = await writeCopies(files, count, join(own.home, 'in'))
    await using jobs = await openJobs(own, 'bench')
    const submitSeconds = await submitAll(jobs, 'no-op', copies, type)
    const workSeconds = await workAll(own, jobs, 'no-op', reader)
    const rows = await countResults(jobs, 'no-op')
    if (rows !== count) throw new Error(`${count} jobs were submitted, and ${rows} have a result.`)
    return { jobs: count, submitSeconds, workSeconds }
  })
}

async function measureThroughput(
  config: Config,
  engine: string,
  files: readonly string[],
  pages: number,
  cli: URL | undefined,
): Promise<Throughput> {
  return await inTemporaryHome(config, async (own) => {
    const folder = join(own.home, 'in')
    await writeCopies(files, pages, folder)
    const inputs = [folder, '--ocr', engine, '--concurrency', String(own.concurrency)]
    const take = async (command: string): Promise<number> => {
      const taken = await startParallax(own, [command, ...inputs, '--out', join(own.home, command)], cli)
        .ended
      tell(`${command}, ${engine}: ${pages} pages in ${taken.toFixed(1)} s`)
      return taken
    }
    return { engine, pages, extractSeconds: await take('extract'), batchSeconds: await take('batch') }
  })
}

async function measure(options: QueueOptions): Promise<QueueSpeed> {
  const config = configWith(options)
  const files = await timingPages(options.data ?? config.benchData, 40)
  const cli = options.cli === undefined ? undefined : pathToFileURL(resolve(options.cli))
  const noOp = await measureNoOp(config, files, options.jobs)
  const throughput: Throughput[] = []
  for (const engine of options.engine)
    throughput.push(await measureThroughput(config, engine, files, options.pages, cli))
  return { noOp, throughput }
}

function formatQueue({ noOp: { jobs, submitSeconds, workSeconds }, throughput }: QueueSpeed): string {
  const perJob = (seconds: number): readonly string[] => [
    fixed(jobs / seconds, 0),
    fixed((seconds * 1000) / jobs, 2),
  ]
  return [
    formatTable(
      [`${jobs} jobs that need no reading`, 'jobs/s', 'ms a job'],
      [
        ['submit', ...perJob(submitSeconds)],
        ['work', ...perJob(workSeconds)],
        ['both', ...perJob(submitSeconds + workSeconds)],
      ],
    ),
    formatTable(
      ['whole commands', 'pages', 'extract pages/s', 'batch pages/s', 'batch / extract'],
      throughput.map(({ engine, pages, extractSeconds, batchSeconds }) => [
        engine,
        String(pages),
        fixed(pages / extractSeconds, 2),
        fixed(pages / batchSeconds, 2),
        fixed(extractSeconds / batchSeconds, 3),
      ]),
    ),
  ].join('\n\n')
}

export function queueCommand(program: Command): void {
  program
    .command('queue')
    .description(
      'what the queue costs: jobs that need no reading, and batch beside extract on the same pages',
    )
    .addOption(dataOption())
    .option('--jobs <n>', 'jobs that need no reading', wholeNumber, 1000)
    .option('--pages <n>', 'pages of the batch', wholeNumber, 200)
    .option('--engine <name...>', 'OCR engines for the batch', ['pp-ocr'])
    .addOption(concurrencyOption())
    .option('--cli <file>', 'the command-line program to start, for example dist/src/cli/main.js')
    .addOption(jsonOption())
    .action((options: QueueOptions) => publish(options.json, () => measure(options), formatQueue))
}
