import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { entryOf } from '../app.ts'
import { nodeArgs } from '../compute/entry.ts'
import { toEnvironment, type Config } from '../config.ts'
import { ParallaxError } from '../core/errors.ts'

/** A worker in a process of its own, started again when it dies. */
export interface WorkerProcess extends AsyncDisposable {
  /** Rejects when the worker cannot be kept alive. */
  readonly lost: Promise<never>
}

const maxRestarts = 5

function start(config: Config, log: string): ChildProcess {
  const entry = entryOf('documents')
  const output = openSync(log, 'a')
  return fork(fileURLToPath(entry), {
    execArgv: nodeArgs(entry),
    env: toEnvironment(config),
    stdio: ['ignore', output, output, 'ipc'],
  })
}

const lastLine = (log: string): string => readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? ''

/** Starts a worker; what it says goes to `worker.log` in the data folder. */
export function startWorkerProcess(config: Config): WorkerProcess {
  mkdirSync(config.home, { recursive: true })
  const log = join(config.home, 'worker.log')
  let child = start(config, log)
  let stopping = false
  let restarts = 0
  const lost = new Promise<never>((_, reject) => {
    const watch = (): void => {
      child.once('exit', () => {
        if (stopping) return
        if (++restarts > maxRestarts) {
          reject(
            new ParallaxError('E_INTERNAL', `The worker keeps stopping: ${lastLine(log)} (more in ${log}).`),
          )
          return
        }
        child = start(config, log)
        watch()
      })
    }
    watch()
  })
  lost.catch(() => {}) // Whoever waits for the batch sees it.
  return {
    lost,
    async [Symbol.asyncDispose]() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
