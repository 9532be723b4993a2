import type { ReactNode } from 'react'
import { Flags } from './flags.tsx'
import type { FormField } from '../../contract/review.ts'
import { plural } from '../shell/words.ts'
import { isIn, part } from './attention.ts'
import { DocumentHistory } from './document-history.tsx'
import { FieldCard, QuietField } from './field-card.tsx'
import { MisfitCard } from './misfit-card.tsx'
import { RecordTable } from './record-table.tsx'
import { useWork } from './work.ts'

const isWide = (): boolean => matchMedia('(min-width: 900px)').matches

function Uncertain({ fields }: { readonly fields: readonly FormField[] }): ReactNode {
  const { stops, flags, misfits } = useWork()
  const general = flags.get(null) ?? []
  return (
    <section aria-labelledby="uncertain">
      <h2 id="uncertain">
        {stops.length === 0 ? 'No field asks for a look' : `${plural(stops.length, 'value')} to look at`}
      </h2>
      <Flags flags={general} />
      {fields.map((field) =>
        field.kind === 'list' ? (
          <RecordTable key={field.pointer} list={field} />
        ) : (
          <FieldCard key={field.pointer} field={field} />
        ),
      )}
      {misfits.map((misfit) => (
        <MisfitCard key={misfit.fields[0]!.pointer} misfit={misfit} />
      ))}
    </section>
  )
}

function Quiet({
  fields,
  open,
}: {
  readonly fields: readonly FormField[]
  readonly open: boolean
}): ReactNode {
  if (fields.length === 0) return null
  return (
    <details className="others" open={open}>
      <summary>{plural(fields.length, 'other field')}</summary>
      {fields.map((field) =>
        field.kind === 'list' ? (
          <RecordTable key={field.pointer} list={field} />
        ) : (
          <QuietField key={field.pointer} field={field} />
        ),
      )}
    </details>
  )
}

/** The form of a document: what is in doubt first, the rest in quiet lines, and what was corrected before. */
export function ReviewForm(): ReactNode {
  const { review, flags } = useWork()
  const { uncertain, misfits, quiet } = part(review)
  const isFlagged = [...flags.keys()].some((at) => at !== null && quiet.some((field) => isIn(at, field)))
  const isAlone = uncertain.length + misfits.length === 0
  return (
    <form className="review-form" aria-label="Values" onSubmit={(event) => event.preventDefault()}>
      <Uncertain fields={uncertain} />
      <Quiet fields={quiet} open={isAlone || isFlagged || isWide()} />
      <DocumentHistory corrections={review.corrections} decisions={review.decisions} />
    </form>
  )
}
