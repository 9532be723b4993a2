import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import type { Config } from '../src/config.ts'
import {
  imaging,
  openEngine,
  peer,
  type Contestant,
  type OpenEngine,
  type PageInHand,
} from './contestants.ts'
import { writeCopies } from './copies.ts'
import { spread, timingPages } from './labelled.ts'
import { publish, tell } from './machine.ts'
import { configWith, dataOption, engineOption, jsonOption, wholeNumber } from './options.ts'
import { inTemporaryHome, startParallax } from './parallax-process.ts'
import { findBelow, peakBytes, peakBytesOfTree, peakDuring } from './process-memory.ts'
import {
  formatSpeed,
  ratioOf,
  wholePathName,
  type ColdStart,
  type QueueMemory,
  type Speed,
  type StageSpeed,
} from './speed-table.ts'
import { readerNames, readOptions } from './readers.ts'
import { startStage } from './stages.ts'
import { median } from './statistics.ts'

interface SpeedOptions {
  readonly data?: string
  readonly pages: number
  readonly engine?: readonly string[]
  readonly cli?: string
  readonly json?: string
}

const load = async (file: string): Promise<PageInHand> => ({ file, bytes: await readFile(file) })

/** All contestants on every page, page by page, so that whatever else the machine does meets all of them alike. */
async function race(
  contestants: readonly Contestant[],
  files: readonly string[],
): Promise<ReadonlyMap<Contestant, readonly number[]>> {
  const times = new Map(contestants.map((contestant) => [contestant, [] as number[]]))
  for (const [i, file] of files.entries()) {
    const page = await load(file)
    for (const [contestant, seen] of times) seen.push(await contestant.time(page))
    if ((i + 1) % 10 === 0) tell(`${i + 1} of ${files.length} pages`)
  }
  return times
}

/** Peak bytes of each contestant over what it has read so far and these pages. */
async function weigh(
  contestants: readonly Contestant[],
  files: readonly string[],
): Promise<ReadonlyMap<Contestant, number>> {
  const peaks = new Map<Contestant, number>()
  for (const file of files) {
    const page = await load(file)
    for (const contestant of contestants) {
      const peak = await peakDuring(contestant.time(page), contestant.pid, peakBytesOfTree)
      peaks.set(contestant, Math.max(peaks.get(contestant) ?? 0, peak))
    }
  }
  return peaks
}

const warmUpPages = 2
const weighedPages = 5

async function measureStages(
  contestants: readonly Contestant[],
  files: readonly string[],
): Promise<readonly StageSpeed[]> {
  await race(contestants, files.slice(0, warmUpPages))
  const times = await race(contestants, files)
  const peaks = await weigh(contestants, spread(files, weighedPages))
  return contestants.map((contestant) => ({
    name: contestant.name,
    seconds: times.get(contestant)!,
    peakMb: Math.round(peaks.get(contestant)! / 2 ** 20),
  }))
}

async function compareStages(
  config: Config,
  engines: readonly string[],
  files: readonly string[],
): Promise<readonly StageSpeed[]> {
  await using image = await startStage(config)
  const open: OpenEngine[] = []
  try {
    for (const engine of engines) {
      const opened = await openEngine(config, engine)
      if (opened) open.push(opened)
    }
    const own = open.flatMap(({ contestants }) => contestants)
    return await measureStages([imaging(image), ...own, peer(config)], files)
  } finally {
    for (const process of open.flatMap(({ processes }) => processes)) await process[Symbol.asyncDispose]()
  }
}

const coldStarts = 3

async function coldStart(config: Config, args: readonly string[], cli: URL | undefined): Promise<number> {
  const taken: number[] = []
  for (let i = 0; i < coldStarts; i++) taken.push(await startParallax(config, args, cli).ended)
  return median(taken)
}

/** What `measure` finds of each engine; one of which it cannot be found costs its own figure and no other's. */
async function ofEach<T>(
  engines: readonly string[],
  what: string,
  measure: (engine: string) => Promise<T>,
): Promise<readonly T[]> {
  const found: T[] = []
  for (const engine of engines) {
    try {
      found.push(await measure(engine))
    } catch (error) {
      tell(`${what} of ${engine} is left out: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return found
}

const batchPages = 30

/** The process that waits for the queue, without the children that read. */
const queueMemory = (
  config: Config,
  engine: string,
  files: readonly string[],
  cli: URL | undefined,
): Promise<QueueMemory> =>
  inTemporaryHome(config, async (own) => {
    const folder = join(own.home, 'in')
    await writeCopies(files, batchPages, folder)
    const { pid, ended } = startParallax(own, ['batch', folder, ...readOptions(engine)], cli)
    const worker = (): number | undefined => findBelow(pid, 'workers/documents')[0]
    const peak = await peakDuring(ended, worker, peakBytes, 200)
    return { engine, pages: batchPages, peakMb: Math.round(peak / 2 ** 20) }
  })

async function measure(options: SpeedOptions): Promise<Speed> {
  const config = configWith({})
  const cli = options.cli === undefined ? undefined : pathToFileURL(resolve(options.cli))
  const engines = options.engine ?? (await readerNames())
  const files = await timingPages(options.data ?? config.benchData, options.pages)
  const stages = await compareStages(config, engines, files)
  const running = engines.filter((engine) => stages.some(({ name }) => name === wholePathName(engine)))
  const version = { command: '--version', seconds: await coldStart(config, ['--version'], cli) }
  const extracting = await ofEach(running, 'the cold start', async (engine): Promise<ColdStart> => {
    const args = ['extract', files[0]!, ...readOptions(engine)]
    return { command: `extract, ${engine}`, seconds: await coldStart(config, args, cli) }
  })
  const queue = await ofEach(running, "the queue's memory", (engine) =>
    queueMemory(config, engine, files, cli),
  )
  return {
    pages: files.length,
    stages,
    ratios: running.map((engine) => ratioOf(engine, stages)),
    cold: [version, ...extracting],
    queue,
  }
}

export function speedCommand(program: Command): void {
  program
    .command('speed')
    .description('seconds and memory of every stage, beside the Tesseract program, one process at a time')
    .addOption(dataOption())
    .option('--pages <n>', 'how many pages', wholeNumber, 40)
    .addOption(engineOption())
    .option('--cli <file>', 'the command-line program to start, for example dist/src/cli/main.js')
    .addOption(jsonOption())
    .action((options: SpeedOptions) => publish(options.json, () => measure(options), formatSpeed))
}
