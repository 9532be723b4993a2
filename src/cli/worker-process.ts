import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { WorkerState } from '../contract/common.ts'
import { ParallaxError } from '../core/errors.ts'
import { nowAndThen } from '../timing/now-and-then.ts'
import { countQuickEnds, type RestartPolicy } from './restart-policy.ts'
import { startWorkerRun, type Listener, type WorkerRun } from './worker-run.ts'

/** A worker in a process of its own, started again when it ends by itself. */
export interface WorkerProcess extends AsyncDisposable {
  /** Rejects when the policy gives it up. */
  readonly lost: Promise<never>
  state(): WorkerState
}

type Tell = (trouble: string) => void

const keepsStopping = (reason: string, log: string): ParallaxError =>
  new ParallaxError('E_INTERNAL', `The worker keeps stopping: ${reason}. Its log ${log} says more.`)

const now = (): string => new Date().toISOString()

/** Keeps what is known of a worker, and tells a person what has changed. */
function record(tell: Tell) {
  let state: WorkerState = { state: 'running', since: now(), restarts: 0, reason: null }
  let told = ''
  return {
    state: () => state,
    started: () => {
      state = { ...state, state: 'running', since: now(), restarts: state.restarts + 1 }
    },
    ended: (reason: string) => {
      state = { ...state, state: 'restarting', since: now(), reason }
      if (reason !== told) tell(`The worker has ended and is started again: ${reason}.`)
      told = reason
    },
    steady: () => {
      if (told !== '') tell(`The worker runs steadily again, since ${state.since}.`)
      state = { ...state, reason: null }
      told = ''
    },
  }
}

/** Where a log cannot be written, nothing starts. */
function start(config: Config, log: string, listener: Listener): WorkerRun {
  try {
    return startWorkerRun(config, log, listener)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ended: Promise.resolve(`it cannot be started: ${why}`), stop: async () => {} }
  }
}

/**
 * Starts a worker, and again as the policy says; what it writes goes to `worker.log` in the data folder. `tell` hears what
 * it complains of, why it ended, and when it runs steadily again: each reason once until it changes or is over. `onEnd` hears of
 * documents that have ended.
 */
export function startWorkerProcess(
  config: Config,
  policy: RestartPolicy,
  tell: Tell,
  onEnd?: Listener['onEnd'],
): WorkerProcess {
  const log = join(config.home, 'worker.log')
  const listener = { tell: nowAndThen(tell), onEnd }
  const stopping = new AbortController()
  const known = record(tell)
  let run = start(config, log, listener)

  async function keepRunning(): Promise<void> {
    for (let quickEnds = 0; ;) {
      const startedAt = Date.now()
      const steady = setTimeout(known.steady, policy.steadyMs)
      const reason = await run.ended
      clearTimeout(steady)
      if (stopping.signal.aborted) return
      quickEnds = countQuickEnds(quickEnds, Date.now() - startedAt, policy)
      known.ended(reason)
      const waitMs = policy.waitMs(quickEnds)
      if (waitMs === null) throw keepsStopping(reason, log)
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      run = start(config, log, listener)
      known.started()
    }
  }

  const over = keepRunning()
  const lost = new Promise<never>((_, reject) => void over.catch(reject))
  lost.catch(() => {}) // Whoever waits for the batch sees it.
  return {
    lost,
    state: known.state,
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await run.stop()
      await over.catch(() => {})
    },
  }
}
