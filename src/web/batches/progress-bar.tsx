import type { ReactNode } from 'react'
import type { BatchAnswer } from '../../contract/jobs.ts'
import { partWords, shownParts } from './progress.ts'

/** How a batch stands as one bar; the figures beside it say the same to those who do not see it. */
export function ProgressBar({ batch }: { readonly batch: BatchAnswer }): ReactNode {
  return (
    <div className="bar" aria-hidden="true">
      {shownParts(batch).map(([part, count]) => (
        <div key={part} className={part} style={{ flexGrow: count }} />
      ))}
    </div>
  )
}

export function Counts({ batch }: { readonly batch: BatchAnswer }): ReactNode {
  return (
    <ul className="counts">
      {shownParts(batch).map(([part, count]) => (
        <li key={part} className={part}>
          <b>{count.toLocaleString('en')}</b> {partWords[part]}
        </li>
      ))}
    </ul>
  )
}
