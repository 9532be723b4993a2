import { useState, type ReactNode } from 'react'
import type { BatchAnswer } from '../../contract/jobs.ts'
import { Empty, Failure, Loading } from '../shell/notice.tsx'
import { hrefOf } from '../shell/route.ts'
import { plural, when } from '../shell/words.ts'
import { everything, ListFilterBar } from './list-filter.tsx'
import { Counts, ProgressBar } from './progress-bar.tsx'
import { SubmitForm } from './submit-form.tsx'
import { useBatches, type Batches } from './use-batches.ts'

function BatchCard({ batch }: { readonly batch: BatchAnswer }): ReactNode {
  return (
    <li className="batch card">
      <h3>
        <a href={hrefOf({ name: 'batch', id: batch.id })}>
          <bdi>{batch.name ?? plural(batch.total, 'document')}</bdi>
        </a>
      </h3>
      <p className="batch-says">
        <time dateTime={batch.createdAt}>{when(batch.createdAt)}</time>
        {batch.name !== null && <>, {plural(batch.total, 'document')}</>}
        {batch.reference !== null && (
          <>
            , <bdi>{batch.reference}</bdi>
          </>
        )}
      </p>
      <ProgressBar batch={batch} />
      <Counts batch={batch} />
    </li>
  )
}

function More({ more }: Pick<Batches, 'more'>): ReactNode {
  const [error, setError] = useState<unknown>(null)
  return (
    <>
      {error !== null && <Failure error={error} />}
      <button type="button" onClick={() => void more().catch(setError)}>
        Older batches
      </button>
    </>
  )
}

function List({ batches, all }: { readonly batches: Batches; readonly all: boolean }): ReactNode {
  const { items, error, hasMore, reload, more } = batches
  if (items === null) return error === null ? <Loading /> : <Failure error={error} retry={reload} />
  if (items.length === 0 && !all)
    return (
      <Empty title="No batch is like that">
        <p>Look for another text or state.</p>
      </Empty>
    )
  if (items.length === 0)
    return (
      <Empty title="No batches yet">
        <p>
          Drop some documents above: each comes back as JSON, and what is not sure waits for you under Review.
        </p>
      </Empty>
    )
  return (
    <>
      {error !== null && <Failure error={error} retry={reload} />}
      <ul className="batches">
        {items.map((batch) => (
          <BatchCard key={batch.id} batch={batch} />
        ))}
      </ul>
      {hasMore && <More more={more} />}
    </>
  )
}

/** All batches, and the way to a new one. */
export function Dashboard(): ReactNode {
  const [filter, setFilter] = useState(everything)
  const batches = useBatches(filter)
  return (
    <>
      <h1 tabIndex={-1}>Batches</h1>
      <SubmitForm sent={batches.reload} />
      <section aria-labelledby="all-batches">
        <h2 id="all-batches">All batches</h2>
        <ListFilterBar what="Search batches" filter={filter} set={setFilter} />
        <List batches={batches} all={filter.search === '' && filter.status === ''} />
      </section>
    </>
  )
}
