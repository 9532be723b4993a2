import { setTimeout as delay } from 'node:timers/promises'
import type { Readiness, WorkerState } from '../../contract/common.ts'
import { ParallaxError, toErrorReport } from '../../core/errors.ts'
import { discreet } from './discreet.ts'

/** What the service depends on, and how to check it. */
export interface Foundations {
  /** The data folder. */
  readonly home: string
  /** Resolves when documents can be kept; rejects with what is wrong. */
  readonly checkStorage: () => Promise<void>
  /** Resolves when the queue can be used; rejects with what is wrong. */
  readonly checkQueue: () => Promise<void>
  /** Workers of any process that wait for documents; rejects when the queue is away. */
  readonly countWorkers: () => Promise<number>
  /** The worker processes that the service itself keeps running. */
  readonly workerStates: () => readonly WorkerState[]
}

const timeoutMs = 1_500

interface Outcome {
  readonly ok: boolean
  readonly message: string | null
}

async function outcomeOf(check: () => Promise<void>, home: string): Promise<Outcome> {
  const late = delay(timeoutMs, 'late' as const, { ref: false })
  try {
    const answer = await Promise.race([check(), late])
    return answer === 'late'
      ? { ok: false, message: 'There was no answer in time.' }
      : { ok: true, message: null }
  } catch (error) {
    const { code, message } = toErrorReport(error)
    return {
      ok: false,
      message: code === 'E_STORAGE' ? 'The storage is away.' : discreet(message, home),
    }
  }
}

const noWorkers = 'No worker runs. Start one with: parallax worker'

const notReady = (why: string): ParallaxError => new ParallaxError('E_NOT_READY', why)

/** Why no worker reads documents, as far as the service itself knows; null where it does not know. */
function trouble(states: readonly WorkerState[]): ParallaxError | null {
  const ended = states.find(({ reason }) => reason !== null)
  if (!ended) return null
  return notReady(`The worker has ended and is started again. It ended with this: ${ended.reason}`)
}

async function requireWorkers({ countWorkers, workerStates }: Foundations): Promise<void> {
  const states = workerStates()
  const count = await countWorkers().catch((error: unknown) => {
    throw trouble(states) ?? error
  })
  if (count > 0) return
  throw trouble(states) ?? notReady(states.length > 0 ? 'The worker is starting.' : noWorkers)
}

/** Checks everything that the service depends on at the same time; resolves within two seconds. */
export async function readinessOf(on: Foundations): Promise<Readiness> {
  const { home } = on
  const [storage, queue, workers] = await Promise.all([
    outcomeOf(on.checkStorage, home),
    outcomeOf(on.checkQueue, home),
    outcomeOf(() => requireWorkers(on), home),
  ])
  const processes = on
    .workerStates()
    .map(({ reason, ...state }) => ({ ...state, reason: reason && discreet(reason, home) }))
  return {
    ready: storage.ok && queue.ok && workers.ok,
    checks: { storage, queue, workers: { ...workers, processes } },
  }
}
