import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { entryOf } from '../app/package.ts'
import { nodeArgs } from '../compute/entry.ts'
import { toEnvironment, type Config } from '../config.ts'

/** A worker process from its start to its end. */
export interface WorkerRun {
  /** Why it ended, in words that no full stop ends. */
  readonly ended: Promise<string>
  /** Has it give back its work and end; ends it when that takes too long. */
  stop(): Promise<void>
}

const endSchema = z.object({
  key: z.string(),
  type: z.string(),
  status: z.string(),
  code: z.string().nullable(),
  ms: z.number(),
})

/** Of a document: what a log may say of it. */
export type DocumentEnd = z.infer<typeof endSchema>

/** What is heard of a worker. */
export interface Listener {
  /** Of what it complains. */
  readonly tell: (trouble: string) => void
  /** Of a document that has ended. */
  readonly onEnd?: ((end: DocumentEnd) => void) | undefined
}

/** `fatal` is why it ends. */
const messageSchema = z.union([
  z.object({ trouble: z.string() }),
  z.object({ fatal: z.string() }),
  z.object({ end: endSchema }),
])

/** Longer than it takes to give back all work. */
const stopTimeoutMs = 15_000

/** Bytes of the end of a log that are looked at. */
const tailBytes = 16_384

/** Lines of what Node prints about an end that do not say why. */
const notWhy = /^(\s|Node\.js v|-{3,}|$)/

function spawnWorker(config: Config, log: number): ChildProcess {
  const entry = entryOf('documents')
  return fork(fileURLToPath(entry), {
    execArgv: nodeArgs(entry),
    env: toEnvironment(config),
    stdio: ['ignore', log, log, 'ipc'],
  })
}

/** Starts a worker whose output goes to the end of `log`; what it says goes to the listener. Throws when the log cannot be written. */
export function startWorkerRun(config: Config, log: string, listener: Listener): WorkerRun {
  const output = openSync(log, 'a', 0o600)
  try {
    const { size } = fstatSync(output)
    const child = spawnWorker(config, output)
    return { ended: reasonOf(child, log, size, listener), stop: () => stop(child) }
  } finally {
    closeSync(output)
  }
}

function reasonOf(
  child: ChildProcess,
  log: string,
  size: number,
  { tell, onEnd }: Listener,
): Promise<string> {
  let fatal: string | undefined
  child.on('message', (message) => {
    const { data } = messageSchema.safeParse(message)
    if (data && 'fatal' in data) fatal = data.fatal
    if (data && 'trouble' in data) tell(data.trouble)
    if (data && 'end' in data) onEnd?.(data.end)
  })
  return new Promise((resolve) => {
    // Without a pid it never ran; otherwise its channel broke, and its end says more.
    child.on('error', ({ message }) => child.pid === undefined && resolve(`it cannot be started: ${message}`))
    child.once('exit', (code, signal) => {
      const how = signal ?? `exit code ${code}`
      const why = fatal ?? (signal === 'SIGKILL' ? 'it was killed' : lastLine(log, size))
      resolve(why === '' ? how : `${why.replace(/\.$/, '')} (${how})`)
    })
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await ended
  clearTimeout(late)
}

/** The last line that says something, of those behind the first `from` bytes; empty where there is none. */
function lastLine(log: string, from: number): string {
  try {
    const file = openSync(log, 'r')
    try {
      const start = Math.max(from, fstatSync(file).size - tailBytes)
      const bytes = Buffer.alloc(tailBytes)
      const lines = bytes.toString('utf8', 0, readSync(file, bytes, 0, tailBytes, start)).split('\n')
      return lines.findLast((line) => !notWhy.test(line))?.trim() ?? ''
    } finally {
      closeSync(file)
    }
  } catch {
    return '' // How it ended is known all the same.
  }
}
