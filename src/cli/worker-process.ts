import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { entryOf } from '../app.ts'
import { nodeArgs } from '../compute/entry.ts'
import { toEnvironment, type Config } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'

/** A worker in a process of its own, started again when it dies. */
export interface WorkerProcess extends AsyncDisposable {
  /** Rejects when the worker cannot be kept alive. */
  readonly lost: Promise<never>
}

/** More restarts than these, each sooner than `steadyMs` after the one before, are no accident. */
const maxRestarts = 5
const steadyMs = 60_000

const messageSchema = z.object({ trouble: z.string() })

function start(config: Config, log: string): ChildProcess {
  const entry = entryOf('documents')
  const output = openSync(log, 'a', 0o600)
  try {
    return fork(fileURLToPath(entry), {
      execArgv: nodeArgs(entry),
      env: toEnvironment(config),
      stdio: ['ignore', output, output, 'ipc'],
    })
  } finally {
    closeSync(output)
  }
}

/** Passes on what a worker complains of, each sentence once. */
function hearing(tell: (trouble: string) => void): (message: unknown) => void {
  const told = new Set<string>()
  return (message) => {
    const { data } = messageSchema.safeParse(message)
    if (!data || told.has(data.trouble)) return
    told.add(data.trouble)
    tell(data.trouble)
  }
}

const lastLine = (log: string): string => readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? ''

const keepsStopping = (log: string): ParallaxError =>
  new ParallaxError('E_INTERNAL', `The worker keeps stopping: ${lastLine(log)} (more in ${log}).`)

const cannotStart = (cause: Error): ParallaxError =>
  new ParallaxError('E_INTERNAL', `The worker could not be started: ${cause.message}.`, { cause })

/** Starts a worker; what it says goes to `worker.log` in the data folder, and what it complains of to `tell`. */
export function startWorkerProcess(config: Config, tell: (trouble: string) => void): WorkerProcess {
  mkdirSync(config.home, { recursive: true, mode: 0o700 })
  const log = join(config.home, 'worker.log')
  const hear = hearing(tell)
  let child = start(config, log)
  let stopping = false
  let restarts = 0
  let startedAt = Date.now()
  const lost = new Promise<never>((_, reject) => {
    const watch = (): void => {
      child.on('message', hear)
      child.on('error', (cause) => reject(cannotStart(cause)))
      child.once('exit', () => {
        if (stopping) return
        if (Date.now() - startedAt > steadyMs) restarts = 0
        if (++restarts > maxRestarts) return reject(keepsStopping(log))
        startedAt = Date.now()
        try {
          child = start(config, log)
          watch()
        } catch (error) {
          reject(error)
        }
      })
    }
    watch()
  })
  lost.catch(() => {}) // Whoever waits for the batch sees it.
  return {
    lost,
    async [Symbol.asyncDispose]() {
      stopping = true
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
