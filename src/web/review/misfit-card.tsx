import { useId, type ReactNode } from 'react'
import { FieldCard } from './field-card.tsx'
import { Flags } from './flags.tsx'
import { RecordTable } from './record-table.tsx'
import type { Work } from './work.ts'

/** Values that do not fit together: one question, with every value that takes part in it. */
export function MisfitCard({ misfit }: { readonly misfit: Work['misfits'][number] }): ReactNode {
  const id = useId()
  const { fields, flags } = misfit
  return (
    <section className="misfit" aria-labelledby={id}>
      <h3 id={id}>{flags.length > 0 ? 'These do not fit together' : 'These fit together now'}</h3>
      <div role="status">
        <Flags flags={flags} />
      </div>
      {flags.length > 0 && (
        <p className="soft">Look at each of them. If it is printed like this, accept it as it is.</p>
      )}
      {fields.map((field) =>
        field.kind === 'list' ? (
          <RecordTable key={field.pointer} list={field} />
        ) : (
          <FieldCard key={field.pointer} field={field} />
        ),
      )}
    </section>
  )
}
