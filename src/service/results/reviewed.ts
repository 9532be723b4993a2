import { Gauge, Registry } from 'prom-client'
import type { ExtractionResult } from '../../core/extraction-result.ts'
import type { Job } from '../../core/jobs.ts'

/** Documents whose values a person has settled, by type, in the text format of Prometheus. */
export interface Reviewed {
  add(job: Pick<Job, 'status'>, result: Pick<ExtractionResult, 'documentType'>): void
  text(): Promise<string>
}

export function collectReviewed(): Reviewed {
  const registers = [new Registry()]
  const reviewed = new Gauge({
    name: 'parallax_documents_reviewed',
    help: 'Documents whose values a person has settled: a model can learn from them.',
    ...{ labelNames: ['type'], registers },
  })
  return {
    add({ status }, { documentType: type }) {
      if (status === 'reviewed') reviewed.inc({ type })
    },
    text: () => registers[0]!.metrics(),
  }
}
