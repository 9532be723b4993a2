import { Counter, Gauge, Registry } from 'prom-client'
import type { WorkerState } from '../../contract/common.ts'

/** The worker processes of a service in the text format of Prometheus. */
export async function workerMetrics(states: readonly WorkerState[]): Promise<string> {
  const registers = [new Registry()]
  new Gauge({
    name: 'parallax_workers',
    help: 'Worker processes of this service that run.',
    registers,
  }).set(states.filter(({ state }) => state === 'running').length)
  new Counter({
    name: 'parallax_worker_restarts_total',
    help: 'Times that this service has started a worker process again after it had ended.',
    registers,
  }).inc(states.reduce((sum, { restarts }) => sum + restarts, 0))
  return registers[0]!.metrics()
}
