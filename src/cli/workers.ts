import type { Config } from '../config.ts'
import type { WorkerState } from '../contract/common.ts'
import { persevering } from './restart-policy.ts'
import type { DocumentEnd } from './worker-run.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

/** The worker processes of a service. */
export interface Workers extends AsyncDisposable {
  /** Starts so many, for as long as the service runs. */
  start(count: number): void
  states(): readonly WorkerState[]
}

/** None yet; `tell` hears of those that are started, `onEnd` of documents that they have read. */
export function createWorkers(
  config: Config,
  tell: (trouble: string) => void,
  onEnd: (end: DocumentEnd) => void,
): Workers {
  const workers: WorkerProcess[] = []
  return {
    start(count) {
      for (let i = 0; i < count; i++) workers.push(startWorkerProcess(config, persevering, tell, onEnd))
    },
    states: () => workers.map((worker) => worker.state()),
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()))
    },
  }
}
