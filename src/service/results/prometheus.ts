import { Counter, Gauge, Registry } from 'prom-client'
import type { JobStatus } from '../../core/jobs.ts'
import type { GroupRisk } from '../../trust/risk.ts'

type Labels = Readonly<Record<string, string>>
type Sample = readonly [labels: Labels, count: number]

interface Metric {
  readonly name: string
  readonly help: string
  /** Beside `type` and `model`. */
  readonly labels: readonly string[]
  samples(risk: GroupRisk): readonly Sample[]
}

const byLabel = (label: string, counts: Readonly<Record<string, number>>): readonly Sample[] =>
  Object.entries(counts).map(([name, count]) => [{ [label]: name }, count])

const metrics: readonly Metric[] = [
  {
    name: 'parallax_documents_total',
    help: 'Documents by verdict.',
    labels: ['verdict'],
    samples: ({ accepted, needsReview, failed }) =>
      byLabel('verdict', {
        accepted: accepted.count,
        needs_review: needsReview.count,
        failed: failed.count,
      }),
  },
  {
    name: 'parallax_documents_reprocessed_total',
    help: 'Documents of route auto that a second path read.',
    labels: [],
    samples: ({ reprocessed }) => [[{}, reprocessed.count]],
  },
  {
    name: 'parallax_documents_output_errors_total',
    help: 'Documents whose output did not parse, did not fit the schema, or had to be mended.',
    labels: [],
    samples: ({ outputErrors }) => [[{}, outputErrors.count]],
  },
  {
    name: 'parallax_documents_unsafe_total',
    help: 'Documents with output that was kept from passing as a value.',
    labels: [],
    samples: ({ unsafe }) => [[{}, unsafe.count]],
  },
  {
    name: 'parallax_flags_total',
    help: 'Reasons not to accept a document unseen, by code.',
    labels: ['code'],
    samples: ({ flags }) => byLabel('code', flags),
  },
  {
    name: 'parallax_errors_total',
    help: 'Documents that failed, by the code of their error.',
    labels: ['code'],
    samples: ({ errors }) => byLabel('code', errors),
  },
  {
    name: 'parallax_values_total',
    help: 'Values by whether another reader finds them on the page; unknown where none has looked.',
    labels: ['grounded'],
    samples: ({ grounding }) => byLabel('grounded', grounding),
  },
  {
    name: 'parallax_field_agreement_total',
    help: 'Fields of which both paths have a value, by whether it is the same.',
    labels: ['same'],
    samples: ({ agreement }) => byLabel('same', { yes: agreement.count, no: agreement.of - agreement.count }),
  },
  {
    name: 'parallax_absent_fields_total',
    help: 'Fields that are not printed, as the truth says, by whether there is a value all the same.',
    labels: ['emitted'],
    samples: ({ invented }) =>
      invented ? byLabel('emitted', { yes: invented.count, no: invented.of - invented.count }) : [],
  },
]

/**
 * Risks in the text format of Prometheus: counters with the labels `type` and `model`, several risks of one group added
 * up. With `jobs`, a gauge of them by status.
 */
export async function prometheusText(
  risks: readonly GroupRisk[],
  jobs: Readonly<Partial<Record<JobStatus, number>>> = {},
): Promise<string> {
  const registers = [new Registry()]
  if (Object.keys(jobs).length > 0) {
    const help = 'Jobs by what became of them so far.'
    const gauge = new Gauge({ name: 'parallax_jobs', help, labelNames: ['status'], registers })
    for (const [status, count] of Object.entries(jobs)) gauge.set({ status }, count)
  }
  for (const { name, help, labels, samples } of metrics) {
    const counter = new Counter({ name, help, labelNames: ['type', 'model', ...labels], registers })
    for (const risk of risks) {
      const group = { type: risk.documentType, model: risk.models }
      for (const [own, count] of samples(risk)) counter.inc({ ...group, ...own }, count)
    }
  }
  return registers[0]!.metrics()
}
