import { Counter, Gauge, Registry } from 'prom-client'
import { descendantsMemory } from '../../compute/descendants-memory.ts'
import type { WorkerState } from '../../contract/common.ts'

/** The processes of a service in the text format of Prometheus. */
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
  const memory = new Gauge({
    name: 'parallax_memory_bytes',
    help: 'Memory that this service has, and all processes that it has started: workers, children that read, a private Redis.',
    labelNames: ['process'],
    registers,
  })
  memory.set({ process: 'service' }, process.memoryUsage.rss())
  const others = descendantsMemory()
  if (others !== null) memory.set({ process: 'started' }, others)
  return registers[0]!.metrics()
}
