import type { Sample } from './prometheus.ts'

/** A count of a whole. */
export interface Part {
  readonly label: string
  readonly count: number
  readonly of: number
}

/** What was counted of one document type, read by the same models. */
export interface GroupFigures {
  readonly type: string
  readonly model: string
  readonly documents: number
  readonly parts: readonly Part[]
  /** Code and count, the most frequent first. */
  readonly flags: readonly (readonly [code: string, count: number])[]
  readonly errors: readonly (readonly [code: string, count: number])[]
  /** Documents of the type whose values a person has settled, whatever read them. */
  readonly reviewed: number
}

function figuresOf(type: string, model: string, samples: readonly Sample[], reviewed: number): GroupFigures {
  const sum = (name: string, labels: Readonly<Record<string, string>> = {}): number =>
    samples
      .filter(
        (s) => s.name === name && Object.entries(labels).every(([key, value]) => s.labels[key] === value),
      )
      .reduce((all, { value }) => all + value, 0)
  const byCode = (name: string): GroupFigures['flags'] =>
    samples
      .filter((s) => s.name === name && s.value > 0)
      .map((s) => [s.labels['code'] ?? '', s.value] as const)
      .sort((a, b) => b[1] - a[1])
  const documents = sum('parallax_documents_total')
  const ended = (verdict: string): number => sum('parallax_documents_total', { verdict })
  const values = (grounded: string): number => sum('parallax_values_total', { grounded })
  const agree = (same: string): number => sum('parallax_field_agreement_total', { same })
  const parts = [
    { label: 'Documents accepted without a look', count: ended('accepted'), of: documents },
    { label: 'Documents to review', count: ended('needs_review'), of: documents },
    { label: 'Documents that failed', count: ended('failed'), of: documents },
    {
      label: 'Documents that a second path read',
      count: sum('parallax_documents_reprocessed_total'),
      of: documents,
    },
    {
      label: 'Documents with output that was no good',
      count: sum('parallax_documents_output_errors_total'),
      of: documents,
    },
    { label: 'Documents with unsafe output', count: sum('parallax_documents_unsafe_total'), of: documents },
    { label: 'Values that no other reader finds', count: values('no'), of: values('yes') + values('no') },
    { label: 'Values on which the paths agree', count: agree('yes'), of: agree('yes') + agree('no') },
  ]
  return {
    type,
    model,
    documents,
    parts,
    flags: byCode('parallax_flags_total'),
    errors: byCode('parallax_errors_total'),
    reviewed,
  }
}

/** Settled documents from which a model may learn a type. */
const enough = 10

/** Whether a type that the model for any document reads could have one of its own by now. */
export const canBeTaught = ({ model, reviewed }: GroupFigures): boolean =>
  reviewed >= enough && /(?:^|[\s+&])document@/.test(model)

/** The figures by document type and models, the largest group first. */
export function figuresIn(samples: readonly Sample[]): readonly GroupFigures[] {
  const groups = new Map<string, Sample[]>()
  for (const sample of samples.filter(({ name }) => name.startsWith('parallax_'))) {
    const key = JSON.stringify([sample.labels['type'] ?? '', sample.labels['model'] ?? ''])
    groups.set(key, [...(groups.get(key) ?? []), sample])
  }
  const reviewed = (type: string): number =>
    samples.find(({ name, labels }) => name === 'parallax_documents_reviewed' && labels['type'] === type)
      ?.value ?? 0
  return [...groups.values()]
    .map((group) => {
      const { type = '', model = '' } = group[0]!.labels
      return figuresOf(type, model, group, reviewed(type))
    })
    .filter(({ documents }) => documents > 0)
    .sort((a, b) => b.documents - a.documents)
}
