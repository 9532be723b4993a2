import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeArgs } from '../../src/compute/entry.ts'
import { readConfig, toEnvironment } from '../../src/config.ts'
import type { Lab } from './lab.ts'
import { processesIn, signal, type Found } from './processes.ts'
import { servedBy, type Served } from './served.ts'
import { until } from './waiting.ts'

type Settings = Readonly<Record<string, string>>

export interface ServeOptions {
  /** Worker processes, each of which reads one document at a time; default 1. */
  readonly workers?: number
  readonly env?: Settings
}

/** A folder in which one fault is tried, with a data folder of its own; whatever runs there ends with it. */
export interface Site extends AsyncDisposable {
  readonly folder: string
  /** The data folder. */
  readonly home: string
  /** Starts the service, or starts it again; rejects when it does not listen. */
  serve(options?: ServeOptions): Promise<Served>
  /** Starts a command of the program. */
  start(...args: readonly string[]): ChildProcess
  /** What runs here, of a kind. */
  processes(is?: (found: Found) => boolean): readonly Found[]
}

/** Nothing is refused for being too much unless a fault is about that. */
const generous = { PARALLAX_RATE: '1000000000', PARALLAX_MAX_QUEUED: '1000000000' }

const listensWithin = 60

/** Starts the program in a folder, with its data folder below; what it says goes to the file `log` there. */
function startIn(folder: string, { cli, ocr }: Lab, args: readonly string[], env: Settings): ChildProcess {
  const config = { ...readConfig(), home: join(folder, 'home'), ocr, accept: 'uncalibrated' as const }
  const output = openSync(join(folder, 'log'), 'a')
  try {
    return spawn(process.execPath, [...nodeArgs(cli), fileURLToPath(cli), ...args], {
      cwd: folder,
      env: { ...toEnvironment(config), ...generous, ...env },
      stdio: ['ignore', output, output],
    })
  } finally {
    closeSync(output)
  }
}

/** What was said in a folder since its log was so long. */
const saidIn = async (folder: string, since: number): Promise<string> =>
  (await readFile(join(folder, 'log')).catch(() => Buffer.alloc(0))).subarray(since).toString()

async function serveIn(folder: string, lab: Lab, { workers = 1, env = {} }: ServeOptions): Promise<Served> {
  const since = Buffer.byteLength(await saidIn(folder, 0))
  const args = ['serve', '--host', '127.0.0.1', '--port', '0', '--workers', String(workers), '-j', '1']
  const child = startIn(folder, lab, args, env)
  let url: string | undefined
  const isDecided = async (): Promise<boolean> => {
    url = /Parallax is at (http:\S+)/.exec(await saidIn(folder, since))?.[1]
    return url !== undefined || child.exitCode !== null
  }
  await until(isDecided, listensWithin)
  if (url !== undefined) return servedBy(child, url)
  throw new Error(`serve did not listen: ${(await saidIn(folder, since)).slice(-500)}`)
}

async function endAllIn(folder: string): Promise<void> {
  const isStill = (): boolean => {
    for (const { pid } of processesIn(folder)) signal(pid)
    return processesIn(folder).length === 0
  }
  await until(isStill, 10, 50)
}

/** Makes a place to try something in: a new folder, or one that is given. */
export async function openSite(lab: Lab, given?: string): Promise<Site> {
  const folder = given ?? (await realpath(await mkdtemp(join(tmpdir(), 'parallax-faults-'))))
  return {
    folder,
    home: join(folder, 'home'),
    processes: (is = () => true) => processesIn(folder).filter(is),
    start: (...args) => startIn(folder, lab, args, {}),
    serve: (options = {}) => serveIn(folder, lab, options),
    async [Symbol.asyncDispose]() {
      await endAllIn(folder)
      if (given === undefined)
        await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
