import { useEffect, useId, useState, type ReactNode } from 'react'
import { jobStatusSchema } from '../../core/jobs.ts'
import type { ListFilter } from '../http/service.ts'
import { statusWords } from '../shell/words.ts'

export const everything: ListFilter = { search: '', status: '' }

/** Between the last letter and the search, in milliseconds. */
const pause = 300

/** Of those that failed, people look for the ones that broke what read them by themselves. */
const words = { ...statusWords, quarantined: 'failed, and broke the reader' }

interface ListFilterProps {
  readonly what: string
  readonly filter: ListFilter
  readonly set: (filter: ListFilter) => void
}

/** Narrows a list down, by text and by state. */
export function ListFilterBar({ what, filter, set }: ListFilterProps): ReactNode {
  const [text, setText] = useState(filter.search)
  const id = useId()
  useEffect(() => {
    if (text.trim() === filter.search) return
    const timer = setTimeout(() => set({ ...filter, search: text.trim() }), pause)
    return () => clearTimeout(timer)
  }, [text, filter, set])
  return (
    <div className="filter" role="search" aria-label={what}>
      <label htmlFor={id} className="unseen">
        {what}
      </label>
      <input
        id={id}
        type="search"
        maxLength={200}
        placeholder={what}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <select
        aria-label="State"
        value={filter.status}
        onChange={(event) => set({ ...filter, status: event.target.value })}
      >
        <option value="">any state</option>
        {jobStatusSchema.options.map((status) => (
          <option key={status} value={status}>
            {words[status]}
          </option>
        ))}
      </select>
    </div>
  )
}
