import { Gauge, Histogram, Registry } from 'prom-client'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import type { Job } from '../../core/jobs.ts'

const readingBuckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
const waitingBuckets = [1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400]

/** How long documents waited and were read, in the text format of Prometheus. */
export interface Durations {
  /** `storedAt` is when the result was stored (ISO 8601). */
  add(job: Job, result: ExtractionResult, storedAt: string): void
  /** `oldestQueued` is when the document that has waited longest was submitted (ISO 8601); null for none. */
  text(oldestQueued: string | null): Promise<string>
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000

export function collectDurations(): Durations {
  const registers = [new Registry()]
  const labelNames = ['type']
  const reading = new Histogram({
    ...{ name: 'parallax_reading_seconds', help: 'Time that reading a document took.' },
    ...{ labelNames, buckets: readingBuckets, registers },
  })
  const waiting = new Histogram({
    name: 'parallax_waiting_seconds',
    help: 'Time from the submission of a document to its result, without reading.',
    ...{ labelNames, buckets: waitingBuckets, registers },
  })
  return {
    add({ createdAt }, { documentType: type, ms, error }, storedAt) {
      const whole = secondsBetween(createdAt, storedAt)
      if (error !== null || Number.isNaN(whole)) return
      reading.observe({ type }, ms / 1000)
      // What another submission of the same bytes had read before did not wait at all.
      waiting.observe({ type }, Math.max(0, whole - ms / 1000))
    },
    text(oldestQueued) {
      new Gauge({
        name: 'parallax_oldest_waiting_seconds',
        help: 'How long the document waits to be read that has waited longest; 0 where none waits.',
        registers,
      }).set(oldestQueued === null ? 0 : Math.max(0, secondsBetween(oldestQueued, new Date().toISOString())))
      return registers[0]!.metrics()
    },
  }
}
