import type { ReactNode } from 'react'
import type { Review } from '../../contract/review.ts'
import { plural, when } from '../shell/words.ts'
import { spoken } from './attention.ts'
import { textOf } from './value-text.ts'
import { useWork } from './work.ts'

const shown = (value: Parameters<typeof textOf>[0]): string => textOf(value) || 'nothing'

/** Who changed what, and when; the latest first. */
export function CorrectionHistory({ corrections }: Pick<Review, 'corrections'>): ReactNode {
  const { original, draft } = useWork().editor
  if (corrections.length === 0) return null
  return (
    <details className="history">
      <summary>{plural(corrections.length, 'earlier correction')}</summary>
      <ol>
        {corrections.toReversed().map(({ field, before, after, by, at }, i) => (
          <li key={`${at} ${field} ${i}`}>
            <b>{spoken(original, draft, field)}</b> <del>{shown(before)}</del> → <ins>{shown(after)}</ins>
            <span className="soft">
              {' '}
              {by}, <time dateTime={at}>{when(at)}</time>
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
