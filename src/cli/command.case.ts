import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { extractionResultSchema, type ExtractionResult } from '../core/extraction-result.ts'
import { nativeTesseractVersion } from '../ocr/engines/tesseract.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** Built before the tests, see `scripts/build-for-tests.ts`. */
const main = join(root, 'dist/src/cli/main.js')

/** A page image of the project's samples, by the name of its folder. */
export const sample = (name: string, file = 'page.jpg'): string => join(root, 'samples/receipt', name, file)

/** The faster of the engines that are here. */
export const ocr = (await nativeTesseractVersion()) === null ? 'tesseract-js' : 'tesseract'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

export type Environment = Readonly<Record<string, string | undefined>>

/** A folder of documents and a data folder, and the command line run in them; for tests. */
export interface Workplace extends AsyncDisposable {
  readonly folder: string
  readonly home: string
  path(...names: string[]): string
  start(args: readonly string[], env?: Environment): Running
  run(args: readonly string[], env?: Environment): Promise<Ended>
  /** Runs a shell line in which `parallax` is the command. */
  shell(line: string): Promise<Ended>
}

/** What tests read with is quick, and nobody has measured it on receipts. */
const accepting = { PARALLAX_ACCEPT: 'uncalibrated' } as const

export async function openWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'parallax-cli-'))
  const home = join(folder, 'home')
  const running = new Set<ChildProcess>()
  const begin = (program: string, args: readonly string[], env: Environment): Running => {
    const child = spawn(program, args, {
      cwd: folder,
      env: {
        ...process.env,
        PARALLAX_HOME: home,
        PARALLAX_OCR: ocr,
        ...accepting,
        USER: 'tester',
        NO_COLOR: '1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    child.once('exit', () => running.delete(child))
    return { child, ended: end(child) }
  }
  const start = (args: readonly string[], env: Environment = {}): Running =>
    begin(process.execPath, [main, ...args], env)
  return {
    folder,
    home,
    path: (...names) => join(folder, ...names),
    start,
    run: (args, env) => start(args, env).ended,
    shell(line) {
      const parallax = `parallax() { '${process.execPath}' '${main}' "$@"; }`
      return begin('bash', ['-c', `${parallax}\n${line}`], {}).ended
    },
    async [Symbol.asyncDispose]() {
      for (const child of running) child.kill('SIGKILL')
      for (const { pid } of await processesIn(folder)) process.kill(pid, 'SIGKILL')
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

async function end(child: ChildProcess): Promise<Ended> {
  const closed = once(child, 'close') as Promise<[number | null]>
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), closed])
  return { code, stdout, stderr }
}

/** The rows of JSON lines, each checked. */
export const resultsOf = (jsonl: string): ExtractionResult[] =>
  jsonl
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => extractionResultSchema.parse(JSON.parse(line)))

export const filesOf = (results: readonly ExtractionResult[]): string[] =>
  results.map((result) => result.file)

export interface FoundProcess {
  readonly pid: number
  readonly command: string
}

/** Processes that work in a folder or below it; Linux only, which is where they can be seen. */
export async function processesIn(folder: string): Promise<readonly FoundProcess[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map((pid) => processIn(Number(pid), folder)))
  return found.filter((one) => one !== null)
}

async function processIn(pid: number, folder: string): Promise<FoundProcess | null> {
  try {
    if (!(await readlink(`/proc/${pid}/cwd`)).startsWith(folder)) return null
    return { pid, command: (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ') }
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
