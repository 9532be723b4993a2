import { realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Option, type Command } from 'commander'
import { openJobs, type Jobs } from '../app/jobs.ts'
import { openExtraction } from '../app/extraction.ts'
import type { Config } from '../config.ts'
import { defaultType } from '../core/document-type.ts'
import { ParallaxError } from '../core/errors.ts'
import { strategySchema } from '../core/extraction-result.ts'
import { localTenant } from '../core/jobs.ts'
import { resultAmongMany } from '../service/results/result-of-job.ts'
import { submissionNotes } from '../service/results/submission-notes.ts'
import { submit } from '../service/submitting/submit.ts'
import { watchFolder, type WatchedFolder } from '../service/submitting/watched-folder.ts'
import { describe, type Description } from '../service/types/describe.ts'
import { keepTemplates } from '../service/types/templates.ts'
import { onInterrupt } from './interrupt.ts'
import { configFor, countUpTo, typeHelp, type ReadOptions } from './options.ts'
import { persevering } from './restart-policy.ts'
import { printable } from './text.ts'
import { startWorkerProcess } from './worker-process.ts'

interface WatchOptions extends Pick<ReadOptions, 'type' | 'route' | 'ocr' | 'vlm' | 'concurrency'> {
  readonly settle: number
  readonly once?: boolean
  readonly worker: boolean
}

/** Between two looks at the folder, in milliseconds. */
const everyMs = 500

const tell = (sentence: string): void => void process.stderr.write(`${printable(sentence)}\n`)

async function requireFolder(given: string): Promise<string> {
  const found = await stat(given).catch(() => null)
  if (found?.isDirectory()) return realpath(given)
  throw new ParallaxError('E_BAD_REQUEST', `${given} is no folder.`)
}

/** Loads the type and starts the engines once, so that a bad call ends before any file is touched. */
async function check(config: Config, { type: spec, route }: WatchOptions, signal: AbortSignal) {
  await using extraction = openExtraction({ ...config, concurrency: 1 })
  const { ocr, vlm, accept, split, templates } = config
  return await describe(
    extraction.reader.run,
    { spec, cwd: process.cwd(), route, ocr, vlm, accept, split, templates },
    signal,
  )
}

async function watchedBy(
  { store, blobs, submitter }: Jobs,
  folder: string,
  { type, templates: inForce }: Description,
  { route, settle }: WatchOptions,
): Promise<WatchedFolder> {
  const templates = await keepTemplates(blobs, inForce)
  const noteOf = submissionNotes(store)
  return {
    folder,
    settleMs: settle * 1000,
    async submit(batchId, file, bytes) {
      await store.openBatch(batchId, { name: basename(folder) })
      const document = { tenant: localTenant, batchId, position: 0, file, bytes }
      return submit(submitter, { ...document, type, route, templates, force: '' })
    },
    find: (id) => store.get(id),
    async resultOf(job) {
      const result = await resultAmongMany(store, job)
      const submission = await noteOf(job)
      return result && { ...result, ...(submission && { submission }) }
    },
    ended: (file, { status }) => process.stdout.write(`${printable(file)}: ${status}\n`),
    trouble: (file, sentence) => tell(`${file} stays where it is: ${sentence}`),
  }
}

/** Looks again and again; where a look fails, such as for a folder that is away, the next one may not. */
async function keepLooking(watched: WatchedFolder, once: boolean, signal: AbortSignal): Promise<void> {
  const { look } = watchFolder(watched)
  let told = ''
  while (!signal.aborted) {
    const open = await look().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      if (why !== told) tell(`The folder cannot be looked at: ${why}`)
      told = why
      return null
    })
    if (open !== null) told = ''
    if (once && open === 0) return
    await delay(everyMs, undefined, { signal }).catch(() => {})
  }
}

async function watch(given: string, options: WatchOptions): Promise<void> {
  const config = configFor(options)
  using interrupt = onInterrupt('Stopping. What was taken is read on, or when it runs again.')
  const { signal } = interrupt
  const folder = await requireFolder(given)
  const description = await check(config, options, signal)
  await using jobs = await openJobs(config, description.pipeline)
  for (const warning of jobs.warnings) tell(warning)
  const watched = await watchedBy(jobs, folder, description, options)
  await using _ = options.worker ? startWorkerProcess(config, persevering, tell) : null
  tell(`Documents that arrive in ${folder} are read, and moved to done or failed. Ctrl-C stops it.`)
  await keepLooking(watched, options.once === true, signal)
}

export function watchCommand(program: Command): void {
  program
    .command('watch <folder>')
    .description('read the documents that arrive in a folder, and move each to done or failed with its row')
    .option('-t, --type <type>', typeHelp, defaultType)
    .addOption(
      new Option('-r, --route <route>', 'how to read').choices(strategySchema.options).default('auto'),
    )
    .option(
      '--settle <seconds>',
      'a file is whole once it has stayed as it is for so long',
      countUpTo(3600),
      2,
    )
    .option('--once', 'end when all that lies there has been read')
    .option('--no-worker', 'leave the reading to a service or worker that runs already')
    .option('--ocr <engine>', 'OCR engine, as for extract')
    .option('--vlm <model>', 'model of the direct path, as for extract')
    .option('-j, --concurrency <n>', 'documents at the same time (default: one a core)', countUpTo(256))
    .action(watch)
}
